import sharp from 'sharp';
import { conversationOf, idOf, type Scene, until } from './scene.ts';
import { messagesWith, moreWith, oursWith } from './words.ts';

const people = ['5511970000001', '5511970000002', '5511970000003'] as const;

export interface Planted {
  /** Whose name is asked to go as well. */
  readonly contactId: string;
  readonly phone: string;
  /** Named in the request; copies follow them. */
  readonly named: readonly string[];
  readonly externalIds: readonly string[];
}

/** A conversation with each, answered by nobody yet. */
const greet = async (scene: Scene): Promise<string[]> => {
  const { simulator, words } = scene;
  const threads: string[] = [];
  for (const from of people) {
    // Of the first the name has to go too.
    const called =
      from === people[0] ? { name: `Ana ${words.profile}`, username: words.username } : {};
    const hello = simulator.inbound({ from, text: 'oi', ...called });
    threads.push(await conversationOf(scene, await idOf(scene, hello.id)));
  }
  return threads;
};

const noisyPicture = (): Promise<Buffer> => {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const create = { width: 320, height: 240, channels: 3, noise, background: '#888' } as const;
  return sharp({ create }).jpeg().toBuffer();
};

/** @returns our ids of them, and WhatsApp's */
const receiveAll = async (scene: Scene, messages: ReturnType<typeof moreWith>) => {
  const named: string[] = [];
  const externalIds: string[] = [];
  for (const message of messages) {
    const { id } = scene.simulator.inbound({ from: people[0], ...message });
    externalIds.push(id);
    named.push(await idOf(scene, id));
  }
  return { named, externalIds };
};

const filesAreHere = ({ setting }: Scene): Promise<true> =>
  until('files are here', async () => {
    const { rows } = await setting.pool.query(`select 1 from message_media where state <> 'ready'`);
    return rows.length === 0 ? true : undefined;
  });

const everythingWasSent = ({ setting }: Scene): Promise<true> =>
  until('everything was sent', async () => {
    const { rows } = await setting.pool.query(
      `select 1 from message where status in ('queued', 'sending')`,
    );
    return rows.length === 0 ? true : undefined;
  });

/** What we send: a reply under a key, a file that was put here for it, a template, buttons. @returns their ids */
const sendAll = async (scene: Scene, thread: string, replyTo: string): Promise<string[]> => {
  const { agent, words, http, setting } = scene;
  const path = `/conversations/${thread}/messages`;
  const said = { type: 'text', text: `nossa ${words.own}`, replyTo };
  const { id } = (await agent('POST', path, said, { 'idempotency-key': words.key })) as {
    id: string;
  };
  const sent = [id];
  const upload = await http(`/api/v1/uploads?fileName=${words.sentname}.txt`, {
    ...{ key: setting.agentKey, method: 'POST' },
    headers: { 'content-type': 'application/octet-stream' },
    rawBody: `anexo ${words.attached}\n`.repeat(40),
  });
  const { id: uploadId } = upload.json as { id: string };
  await until('the templates are here', async () => {
    const { rows } = await setting.pool.query('select 1 from template limit 1');
    return rows.length > 0 ? true : undefined;
  });
  for (const message of oursWith(words, uploadId)) {
    sent.push(((await agent('POST', path, message)) as { id: string }).id);
  }
  return sent;
};

/** The card of a link, as `judge-link.ts` keeps it: no page of the world is asked in a test. */
const giveLinkCard = async ({ setting, words }: Scene, messageId: string): Promise<void> => {
  const linkCard = { url: 'https://example.com/', title: `Página ${words.link}` };
  await setting.pool.query('update message set payload = payload || $2 where id = $1', [
    messageId,
    JSON.stringify({ linkCard }),
  ]);
};

/** Hands each on, and the copy once more. */
const forwardTwice = async (
  { agent }: Scene,
  ids: readonly string[],
  [second, third]: readonly [string, string],
): Promise<void> => {
  for (const id of ids) {
    const { results } = (await agent('POST', `/messages/${id}/forward`, {
      conversationIds: [second],
    })) as { results: { messageId: string | null }[] };
    await agent('POST', `/messages/${results[0]?.messageId}/forward`, { conversationIds: [third] });
  }
};

/** Says everything, quotes it, hands it on twice. */
export const plant = async (scene: Scene): Promise<Planted> => {
  const { simulator, agent, administrator, words } = scene;
  const threads = await greet(scene);
  const [own = '', second = '', third = ''] = threads;
  // What is covered cannot be handed on before it was looked at, and the key of a program counts as no answer.
  const open = { coveredFrom: 'flagged', kinds: [], placeholder: 'none' };
  await administrator('PUT', '/media-cover-settings', open);
  for (const thread of threads) {
    await agent('POST', `/conversations/${thread}/messages`, { type: 'text', text: 'Bom dia' });
  }
  const first = await receiveAll(scene, messagesWith(words, await noisyPicture()));
  const more = await receiveAll(scene, moreWith(words));
  const [text = ''] = first.named;
  const [film = ''] = more.named;
  // Not of the one that is edited: a card goes with the words that it was of.
  await giveLinkCard(scene, first.named.at(-1) ?? '');
  await filesAreHere(scene);
  const sent = await sendAll(scene, own, text);
  await forwardTwice(scene, [...first.named, film, ...sent.slice(0, 1)], [second, third]);
  const [target] = first.externalIds;
  const edit = { type: 'edit', force: true, target, text: `depois ${words.edited}` } as const;
  simulator.inbound({ from: people[0], ...edit });
  simulator.inbound({ from: people[0], type: 'reaction', target, emoji: words.reaction });
  await until('its words can be searched for', async () => {
    const found = (await agent('GET', `/messages/search?query=${words.edited}`)) as {
      items: unknown[];
    };
    return found.items.length > 0 ? true : undefined;
  });
  await everythingWasSent(scene);
  const { contactId } = (await agent('GET', `/conversations/${own}`)) as { contactId: string };
  const named = [...first.named, ...more.named, ...sent];
  const externalIds = [...first.externalIds, ...more.externalIds];
  return { contactId, phone: people[0], named, externalIds };
};

/** Says something that stays, and sends a picture: they are found at the end where the others are not. */
export const plantControl = async (scene: Scene, word: string): Promise<void> => {
  await idOf(scene, scene.simulator.inbound({ from: people[1], text: word }).id);
  const picture = { type: 'image', media: { sample: 'photo' } } as const;
  await idOf(scene, scene.simulator.inbound({ from: people[1], ...picture }).id);
  await filesAreHere(scene);
};
