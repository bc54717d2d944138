import type { FastifyInstance } from 'fastify';
import { channelNamed } from '../inject/find-person.ts';
import type { ScenarioRunner } from '../scenarios/runner.ts';
import { createChannel, joinApp } from '../state/channels.ts';
import { faultSchema } from '../state/faults.ts';
import { RequestError } from '../state/request-error.ts';
import { patchSettings, type SettingsPatch } from '../state/settings.ts';
import type { World } from '../state/world.ts';
import { shakeHands } from '../webhooks/handshake.ts';
import { addAccountControl, changeHealth } from './account-control.ts';
import { channelBody, channelPatch, listChange, read, scenarioBody, verifyBody } from './bodies.ts';
import { addMediaControl } from './media-control.ts';
import { addMessageRoutes } from './message-routes.ts';
import { addPhoneRoutes } from './phone-routes.ts';
import { viewChannel } from './views.ts';

/** What the control API can do beyond the world itself. */
export interface ControlParts {
  world: World;
  scenarios: ScenarioRunner;
  reset: () => void;
  /** The page should fetch everything again. */
  refresh: () => void;
}

type Id = { Params: { id: string } };

function addTroubleRoutes(app: FastifyInstance, { world }: ControlParts): void {
  app.post('/_sim/faults', (request) => {
    const body = request.body as { faults?: unknown } | null;
    const wanted = Array.isArray(body?.faults) ? body.faults : [body];
    const specs = wanted.map((one) => read(faultSchema, one));
    return { items: specs.map((spec) => world.faults.add(spec)) };
  });
  app.get('/_sim/faults', () => ({ items: world.faults.list() }));
  app.delete('/_sim/faults', () => {
    world.faults.clear();
    return { removed: true };
  });
  app.delete<Id>('/_sim/faults/:id', (request) => {
    if (!world.faults.remove(request.params.id)) throw new RequestError(404, 'no such fault');
    return { removed: true };
  });
  app.get('/_sim/hold', () => ({ items: world.held.list() }));
  app.post('/_sim/hold/release', (request) => {
    const { id } = (request.body ?? {}) as { id?: string };
    return { released: world.held.release(id) };
  });
}

function addChannelRoutes(app: FastifyInstance, { world, refresh }: ControlParts): void {
  app.get('/_sim/channels', () => ({ items: [...world.channels.values()].map(viewChannel) }));
  app.post('/_sim/channels', (request) => {
    const channel = createChannel(read(channelBody, request.body), null);
    world.channels.set(channel.phoneNumberId, channel);
    refresh();
    return viewChannel(channel);
  });
  app.patch<Id>('/_sim/channels/:id', (request) => {
    const channel = channelNamed(world, request.params.id);
    const { webhookUrl, subscribed, otherApp, fields, coexistence, joinedAt, ...more } = read(
      channelPatch,
      request.body,
    );
    const { historyShared, health } = more;
    if (webhookUrl !== undefined) channel.webhookUrl = webhookUrl;
    if (subscribed !== undefined) channel.subscribed = subscribed;
    if (otherApp !== undefined) channel.otherApp = otherApp;
    if (fields !== undefined) channel.fields = new Set(fields);
    if (coexistence !== undefined) joinApp(channel, coexistence, joinedAt);
    if (historyShared !== undefined) channel.historyShared = historyShared;
    if (health !== undefined) changeHealth(world, channel, health);
    world.webhooks.wake();
    refresh();
    return viewChannel(channel);
  });
  app.post<Id>('/_sim/channels/:id/verify', async (request) => {
    const channel = channelNamed(world, request.params.id);
    const { webhookUrl: url = channel.webhookUrl, verifyToken = channel.verifyToken } = read(
      verifyBody,
      request.body ?? {},
    );
    if (url === null) throw new RequestError(409, 'the channel has no webhook URL');
    const result = await shakeHands({ url, verifyToken, channel }, world.webhooks.pool, world.log);
    channel.handshake = result === 'unreachable' ? 'pending' : result;
    // As at Meta: an address is saved once it has answered.
    if (result === 'verified') Object.assign(channel, { webhookUrl: url, verifyToken });
    world.webhooks.wake();
    refresh();
    return { result };
  });
  app.get<{ Querystring: { channel?: string } }>('/_sim/block-list', (request) => {
    const { blockList } = channelNamed(world, request.query.channel);
    const items = blockList.page(0, blockList.size).map(({ personId, since }) => ({
      personId,
      number: world.people.get(personId)?.number ?? null,
      since: new Date(since).toISOString(),
    }));
    return { items, count: items.length };
  });
  app.post('/_sim/block-list', (request) => {
    const { user, channel, blocked } = read(listChange, request.body);
    const person = world.people.find(user);
    if (person === undefined) throw new RequestError(404, 'no such phone');
    const { blockList } = channelNamed(world, channel);
    if (blocked) blockList.add(person.id);
    else blockList.remove(person.id);
    world.touch(person);
    return { count: blockList.size };
  });
}

function addScenarioRoutes(app: FastifyInstance, { scenarios, refresh }: ControlParts): void {
  type Name = { Params: { name: string } };
  app.get('/_sim/scenarios', () => ({ items: scenarios.list() }));
  app.post<Name>('/_sim/scenarios/:name', (request, reply) => {
    scenarios.start(request.params.name, read(scenarioBody, request.body));
    refresh();
    return reply.code(202).send({ started: request.params.name });
  });
  app.delete<Name>('/_sim/scenarios/:name', (request) => {
    const stopped = scenarios.stop(request.params.name);
    refresh();
    return { stopped };
  });
}

async function untilIdle(world: World, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs;
  const isBusy = () => world.webhooks.waiting > 0 || world.planned() > 0;
  while (isBusy() && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return !isBusy();
}

function addStateRoutes(app: FastifyInstance, parts: ControlParts): void {
  const { world, reset, refresh } = parts;
  app.get('/_sim/state', () => ({
    channels: [...world.channels.values()].map(viewChannel),
    settings: world.settings,
    counts: {
      phones: world.people.list().length,
      inbound: world.inbound.size,
      media: world.media.list().length,
      outbox: world.outbox.size,
      reads: world.reads.length,
      faults: world.faults.list().length,
      held: world.held.list().length,
      webhooksWaiting: world.webhooks.waiting,
    },
  }));
  app.delete('/_sim/state', () => {
    reset();
    refresh();
    return { cleared: true };
  });
  app.get('/_sim/settings', () => world.settings);
  app.patch('/_sim/settings', (request) => {
    const wasPaused = world.settings.webhooks.paused;
    try {
      world.settings = patchSettings(world.settings, (request.body ?? {}) as SettingsPatch);
    } catch (error) {
      throw new RequestError(422, String(error));
    }
    if (wasPaused && !world.settings.webhooks.paused) world.webhooks.wake();
    refresh();
    return world.settings;
  });
  app.get<{ Querystring: { after?: string; limit?: string } }>('/_sim/log', (request) => {
    const { after, limit } = request.query;
    return { items: world.log.list(Number(after ?? 0), Number(limit ?? 500)) };
  });
  app.delete('/_sim/log', () => {
    world.log.clear();
    refresh();
    return { cleared: true };
  });
  app.get<{ Querystring: { withinMs?: string } }>('/_sim/idle', async (request) => ({
    idle: await untilIdle(world, Number(request.query.withinMs ?? 10_000)),
    waiting: world.webhooks.waiting,
  }));
}

/** Everything under `/_sim`: the strings behind the stage. */
export async function addControlApi(app: FastifyInstance, parts: ControlParts): Promise<void> {
  addStateRoutes(app, parts);
  addMessageRoutes(app, parts.world);
  addPhoneRoutes(app, parts.world, parts.refresh);
  addChannelRoutes(app, parts);
  addTroubleRoutes(app, parts);
  addScenarioRoutes(app, parts);
  addAccountControl(app, parts.world);
  await addMediaControl(app, parts.world);
}
