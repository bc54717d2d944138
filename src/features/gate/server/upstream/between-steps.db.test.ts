import { describe, expect, it } from 'vitest';
import { inTx } from '#platform/server/in-tx.ts';
import { block, unblock } from '../testing.ts';
import { checkList } from './check-list.ts';
import { removeListed } from './decide-difference.ts';
import { aListStage, readingsOf } from './testing/list-stage.ts';

const stage = aListStage();
const { differences, applied, readId } = readingsOf(stage);

const strangers = () => differences('there');

const readOneStep = async (): Promise<void> => {
  const id = await readId();
  const payload = { ...stage.world.place, ...(id && { readId: id }) };
  await checkList(stage.deps, stage.world.list.port, payload, { stepMs: 0 });
};

/** Two pages: the first is read, then something happens, then the last one is, and all is settled. */
const readAround = async (phone: string, meanwhile: () => Promise<unknown>): Promise<void> => {
  stage.world.list.pages.push(
    { kind: 'page', people: [{ phone }], next: 'c1' },
    { kind: 'page', people: [], next: null },
  );
  await readOneStep();
  await meanwhile();
  await readOneStep();
  expect(stage.world.list.pages).toEqual([]);
};

describe('whoever a reading has found and who is taken off the list before it is settled', () => {
  it('is no stranger after an unblock', async () => {
    const { contactId, phone } = await applied();
    await readAround(phone, async () => {
      await unblock(stage.deps, stage.world.admin, contactId);
      await stage.world.apply();
    });
    expect(stage.world.list.listed.size).toBe(0);
    expect(await strangers()).toEqual([]);
  });

  it('and blocked again is not taken to be there', async () => {
    const { contactId, phone } = await applied();
    await readAround(phone, async () => {
      await unblock(stage.deps, stage.world.admin, contactId);
      await stage.world.apply();
      await block(stage.deps, stage.world.admin, contactId);
    });
    expect(await stage.world.shownOf(contactId)).toMatchObject([{ state: 'pending' }]);
    await stage.world.apply();
    expect(stage.world.list.listed.has(phone)).toBe(true);
  });

  it('is no stranger any more when a person has had them removed', async () => {
    const phone = stage.world.aPhone();
    stage.world.list.listed.set(phone, { phone });
    await stage.world.check();
    const [found] = await strangers();
    await readAround(phone, async () => {
      await inTx(stage.deps, stage.world.admin, (ctx) => removeListed(ctx, found?.id ?? ''));
      await stage.world.apply();
    });
    expect(await strangers()).toEqual([]);
  });
});
