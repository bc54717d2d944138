import { describe, expect, it } from 'vitest';
import type { PersonRef } from '#channels/channel.ts';
import {
  aBsuid,
  aNumberChange,
  aPhone,
  aThread,
  receive,
} from '#features/conversations/server/testing.ts';
import { anAppStage, erasureOn } from './testing/erasure-world.ts';

const stage = anAppStage();

const { call, erases, blocks, writes, left } = erasureOn(stage);

describe('after a person was erased', () => {
  it('whoever was blocked is kept out under what the names of one batch lead to', async () => {
    const [phone, next, last] = [aPhone(), aPhone(), aPhone()];
    const { contactId } = await aThread(stage.app.deps, stage.place, { phone });
    await blocks(contactId);
    await erases(contactId);
    // Told of in the other order as well.
    await receive(
      stage.app.deps,
      aNumberChange(stage.place, { phone: next }, { phone: last }),
      aNumberChange(stage.place, { phone }, { phone: next }),
    );
    expect(await writes({ phone: last })).toBeNull();
    expect(await left(phone, next, last)).toEqual([]);
  });

  it('a question whether to block them is shown to nobody', async () => {
    const { contactId } = await aThread(stage.app.deps, stage.place, { phone: aPhone() });
    const asks = { reason: 'fraud', note: 'motivo' };
    const { agent } = stage.app.a.team;
    expect((await call('POST', `contacts/${contactId}/block-requests`, asks, agent)).status).toBe(
      201,
    );
    await erases(contactId);
    for (const by of [agent, stage.app.a.team.administrator]) {
      const listed = await call('GET', 'block-requests?state=all', undefined, by);
      expect(listed.json).toMatchObject({ items: [] });
    }
    const own = await call('GET', 'block-requests/own', undefined, agent);
    expect(own.json).toMatchObject({ items: [] });
  });

  describe('whoever was blocked is told apart from others:', () => {
    const erasedWith = async (person: PersonRef): Promise<void> => {
      const { contactId } = await aThread(stage.app.deps, stage.place, person);
      await blocks(contactId);
      await erases(contactId);
    };
    const isBlocked = async (contactId: string): Promise<unknown> =>
      ((await call('GET', `contacts/${contactId}`)).json as { isBlocked: unknown }).isBlocked;
    const move = (person: PersonRef, next: PersonRef, secondsAgo = 0) =>
      receive(stage.app.deps, aNumberChange(stage.place, person, next, secondsAgo));

    it('what they left behind says nothing of whoever has it now', async () => {
      const [phone, next, bsuid] = [aPhone(), aPhone(), aBsuid()];
      await erasedWith({ phone });
      await move({ phone }, { phone: next });
      const other = await aThread(stage.app.deps, stage.place, { bsuid });
      // The number was given away again: what comes under it is dropped, and its new owner is nobody we block.
      expect(await writes({ phone, bsuid })).toBeNull();
      expect(await isBlocked(other.contactId)).toBe(false);
      expect(await writes({ bsuid })).toBe(other.contactId);
      await move({ phone }, { phone: aPhone(), bsuid });
      expect(await isBlocked(other.contactId)).toBe(false);
      expect(await writes({ phone: next })).toBeNull();
      expect(await left(phone, next)).toEqual([]);
    });

    it('a number that went with an account is not theirs any more while the new one is hidden', async () => {
      const [phone, before, after] = [aPhone(), aBsuid(), aBsuid()];
      await erasedWith({ phone, bsuid: before });
      await move({ bsuid: before }, { bsuid: after });
      const later = aPhone();
      await move({ phone }, { phone: later });
      expect(await writes({ phone: later })).not.toBeNull();
      const [number, account] = [aPhone(), { bsuid: after }];
      expect(await writes({ ...account, phone: number })).toBeNull();
      expect(await writes({ phone: number })).toBeNull();
    });

    it('a change of another account with the same number is somebody else’s', async () => {
      const [phone, next] = [aPhone(), aPhone()];
      await erasedWith({ phone, bsuid: aBsuid() });
      const other = await aThread(stage.app.deps, stage.place, { phone: next });
      await move({ phone, bsuid: aBsuid() }, { phone: next });
      expect(await isBlocked(other.contactId)).toBe(false);
      expect(await writes({ phone: next })).toBe(other.contactId);
    });

    it('a number of theirs that another account has here is not that account’s block', async () => {
      const [phone, bsuid] = [aPhone(), aBsuid()];
      await erasedWith({ bsuid });
      const other = await aThread(stage.app.deps, stage.place, { phone, bsuid: aBsuid() });
      expect(await writes({ phone, bsuid })).toBeNull();
      expect(await isBlocked(other.contactId)).toBe(false);
      // By WhatsApp's own word they have it now.
      await move({ bsuid }, { phone, bsuid });
      expect(await isBlocked(other.contactId)).toBe(true);
    });

    it('a change told before the one that it follows leads on', async () => {
      const [phone, next, last] = [aPhone(), aPhone(), aPhone()];
      await erasedWith({ phone });
      await move({ phone: next }, { phone: last });
      await move({ phone }, { phone: next }, 120);
      expect(await writes({ phone: last })).toBeNull();
      expect(await left(phone, next, last)).toEqual([]);
    });
  });
});
