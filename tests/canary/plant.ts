import sharp from 'sharp';
import { conversationOf, idOf, type Scene, until } from './scene.ts';
import { messagesWith } from './words.ts';

const people = ['5511970000001', '5511970000002', '5511970000003'] as const;

export interface Planted {
  /** Whose name is asked to go as well. */
  readonly contactId: string;
  readonly phone: string;
  /** Named in the request; copies follow them. */
  readonly named: readonly string[];
  readonly externalIds: readonly string[];
}

/** Says everything, quotes it, hands it on twice. */
export const plant = async (scene: Scene): Promise<Planted> => {
  const { simulator, agent, administrator, words, setting } = scene;
  const threads: string[] = [];
  for (const from of people) {
    // Of the first the name has to go too.
    const called =
      from === people[0] ? { name: `Ana ${words.profile}`, username: words.username } : {};
    const hello = simulator.inbound({ from, text: 'oi', ...called });
    threads.push(await conversationOf(scene, await idOf(scene, hello.id)));
  }
  const [own = '', second = '', third = ''] = threads;
  // What is covered cannot be handed on before it was looked at, and the key of a program counts as no answer.
  const open = { coveredFrom: 'flagged', kinds: [], placeholder: 'none' };
  await administrator('PUT', '/media-cover-settings', open);
  for (const thread of threads) {
    await agent('POST', `/conversations/${thread}/messages`, { type: 'text', text: 'Bom dia' });
  }
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const picture = await sharp({
    create: { width: 320, height: 240, channels: 3, noise, background: '#888' },
  })
    .jpeg()
    .toBuffer();
  const named: string[] = [];
  const externalIds: string[] = [];
  for (const message of messagesWith(words, picture)) {
    const { id } = simulator.inbound({ from: people[0], ...message });
    externalIds.push(id);
    named.push(await idOf(scene, id));
  }
  await until('files are here', async () => {
    const { rows } = await setting.pool.query(`select 1 from message_media where state <> 'ready'`);
    return rows.length === 0 ? true : undefined;
  });
  const said = { type: 'text', text: `nossa ${words.own}`, replyTo: named[0] };
  const key = { 'idempotency-key': words.key };
  const { id: ours } = (await agent('POST', `/conversations/${own}/messages`, said, key)) as {
    id: string;
  };
  named.push(ours);
  for (const id of named) {
    const { results } = (await agent('POST', `/messages/${id}/forward`, {
      conversationIds: [second],
    })) as { results: { messageId: string | null }[] };
    await agent('POST', `/messages/${results[0]?.messageId}/forward`, { conversationIds: [third] });
  }
  simulator.inbound({
    from: people[0],
    type: 'edit',
    force: true,
    target: externalIds[0],
    text: `depois ${words.edited}`,
  });
  await until('its words can be searched for', async () => {
    const found = (await agent('GET', `/messages/search?query=${words.edited}`)) as {
      items: unknown[];
    };
    return found.items.length > 0 ? true : undefined;
  });
  await until('everything was sent', async () => {
    const { rows } = await setting.pool.query(
      `select 1 from message where status in ('queued', 'sending')`,
    );
    return rows.length === 0 ? true : undefined;
  });
  const { contactId } = (await agent('GET', `/conversations/${own}`)) as { contactId: string };
  return { contactId, phone: people[0], named, externalIds };
};

/** Says something that stays: it is found at the end where the others are not. */
export const plantControl = async (scene: Scene, word: string): Promise<void> => {
  await idOf(scene, scene.simulator.inbound({ from: people[1], text: word }).id);
};
