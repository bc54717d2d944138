import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startSimulator } from './start-simulator.ts';
import { type BusinessServer, type Json, startBusiness } from './testing/business-server.ts';
import { clientOf, codeOf } from './testing/graph-client.ts';

const ANA = '5511987654321';

let folder: string;
let business: BusinessServer;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'simulator-'));
  business = await startBusiness();
});

afterEach(async () => {
  await business.close();
  rmSync(folder, { recursive: true });
});

it('outlives a state file that cannot be written, and says so in its log', async () => {
  const stateFile = path.join(folder, 'file', 'state.json');
  writeFileSync(path.join(folder, 'file'), '');
  const simulator = await startSimulator({ webhookUrl: business.url, stateFile });
  await clientOf(simulator).sim('POST', '/inbound', { from: ANA, text: 'oi', wait: true });
  await simulator.close();
  const notes = simulator.world.log.list().filter(({ kind }) => kind === 'note');
  expect(notes.map(({ title }) => title)).toContainEqual(
    expect.stringContaining('não pôde ser gravado'),
  );
});

it('remembers people, windows and block lists across a restart', async () => {
  const options = {
    webhookUrl: business.url,
    stateFile: path.join(folder, 'deep', 'state.json'),
    desk: [{ number: '5521955550102', name: 'Bruno Lima' }],
  };
  const first = await startSimulator(options);
  const before = clientOf(first);
  const inbound = { from: ANA, name: 'Ana', userId: 'BR.1234', text: 'oi', wait: true };
  await before.sim('POST', '/inbound', inbound);
  await before.sim('POST', '/inbound', { from: '5511911112222', text: 'oi', wait: true });
  await before.block([{ user: '5511911112222' }]);
  await first.close();

  const second = await startSimulator(options);
  const after = clientOf(second);
  expect((await after.text(ANA, 'de volta')).status).toBe(200);
  expect(codeOf(await after.text('5511911112222', 'não'))).toBe(130403);
  const ana = (await after.sim('GET', `/phones/${ANA}`)).body;
  expect(ana).toMatchObject({ name: 'Ana', userId: 'BR.1234' });
  expect((ana['thread'] as Json[]).map(({ text }) => text)).toEqual(['oi', 'de volta']);
  const desk = second.world.people.list().filter(({ onDesk }) => onDesk);
  await second.close();
  expect(desk.map(({ name }) => name)).toEqual(['Bruno Lima']);
});
