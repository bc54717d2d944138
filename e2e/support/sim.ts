import type { Person } from './person.ts';

/** What the simulated WhatsApp tells of a message from a person. */
export interface Inbound {
  readonly id: string;
  readonly state: string;
  readonly lastStatus: number | null;
}

/** A message that WhatsApp took from us. */
export interface Sent {
  readonly id: string;
  readonly type: string;
  readonly text: string | null;
  readonly context: { readonly message_id?: string } | null;
  /** The object named like its type, as it came. */
  readonly content: unknown;
}

/** The people's side: what they write to one number of ours, and what reaches them. */
export interface Sim {
  /** Writes, and comes back when our server has answered 200. `deed` is a text or fields of the control API. */
  write(person: Person, deed: string | Readonly<Record<string, unknown>>): Promise<Inbound>;
  /** Everything that WhatsApp ever took from us for this person, oldest first. */
  outbox(person: Person): Promise<readonly Sent[]>;
  /** Makes the next calls fail in a way; see simulator/README.md. */
  fault(fault: Readonly<Record<string, unknown>>): Promise<void>;
  /** Tells of one of our messages what it is told to, without waiting for it to be true. */
  status(messageId: string, status: string, code?: number): Promise<void>;
  /** Makes the number one that is on the Business app too: edits, deletions and echoes are told. */
  joinApp(): Promise<void>;
  /** Tells news of the number or its account: any webhook field with any value. */
  account(event: { field: string; value: object; withNumber: boolean }): Promise<void>;
  /** Gives the account of the number one more approved template. */
  addTemplate(template: Readonly<Record<string, unknown>>): Promise<void>;
  /** From now on webhooks go to this server. */
  sendTo(server: string): Promise<void>;
  /** From now on this person's number is shown to us, or an account without a number is. */
  showNumber(person: Person, isShown: boolean): Promise<void>;
  /** The numbers on WhatsApp's own block list. */
  blockList(): Promise<readonly string[]>;
  /** As another program of ours would: past the product. */
  putOnBlockList(person: Person): Promise<void>;
  /** Which messages were marked as read. */
  reads(): Promise<readonly { readonly messageId: string }[]>;
}

const call = async (url: string, body?: unknown, method = 'POST'): Promise<unknown> => {
  const response = await fetch(url, {
    ...(body !== undefined && {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
};

/** The simulated WhatsApp at `url`, for the number `channel` of ours. */
export const simFor = (url: string, channel: string): Sim => ({
  write: async (person, deed) => {
    const fields = typeof deed === 'string' ? { text: deed } : deed;
    const say = (more: object = {}) =>
      call(`${url}/_sim/inbound`, {
        from: person.phone,
        name: person.name,
        channel,
        wait: 'delivered',
        ...fields,
        ...more,
      }) as Promise<Inbound>;
    let inbound = await say();
    // WhatsApp's own list holds it back: let through all the same, because our gate must hold without it.
    if (inbound.state === 'suppressed') inbound = await say({ force: true });
    if (inbound.state !== 'delivered') {
      throw new Error(`the webhook was not taken: ${inbound.state}, ${inbound.lastStatus}`);
    }
    return inbound;
  },
  outbox: async ({ phone }) => {
    const query = new URLSearchParams({ to: phone, channel });
    return ((await call(`${url}/_sim/outbox?${query}`)) as { items: Sent[] }).items;
  },
  fault: async (fault) => {
    await call(`${url}/_sim/faults`, { channel, ...fault });
  },
  status: async (id, status, code) => {
    const told = { id, status, channel, wait: 'delivered', ...(code !== undefined && { code }) };
    await call(`${url}/_sim/statuses`, told);
  },
  joinApp: async () => {
    await call(`${url}/_sim/channels/${channel}`, { coexistence: true }, 'PATCH');
  },
  account: async (event) => {
    await call(`${url}/_sim/account-events`, { channel, ...event, wait: 'delivered' });
  },
  addTemplate: async (template) => {
    await call(`${url}/_sim/templates`, { channel, ...template });
  },
  sendTo: async (server) => {
    const webhookUrl = `${server}/webhooks/whatsapp`;
    await call(`${url}/_sim/channels/${channel}`, { webhookUrl }, 'PATCH');
  },
  showNumber: async ({ phone: number, name }, isShown) => {
    await call(`${url}/_sim/phones`, { number, name, hidden: isShown ? 'no' : 'missing' });
  },
  blockList: async () => {
    const list = await call(`${url}/_sim/block-list?channel=${channel}`);
    return (list as { items: { number: string }[] }).items.map(({ number }) => number);
  },
  putOnBlockList: async ({ phone: user }) => {
    await call(`${url}/_sim/block-list`, { user, channel, blocked: true });
  },
  reads: async () =>
    ((await call(`${url}/_sim/reads`)) as { items: { messageId: string }[] }).items,
});

/** Gives the simulated WhatsApp one more number of ours, verified against the server's webhook. */
export const addNumber = async (
  url: string,
  number: {
    phoneNumberId: string;
    wabaId: string;
    displayNumber: string;
    name: string;
    appSecret: string;
    verifyToken: string;
  },
  server: string,
): Promise<void> => {
  const { phoneNumberId, wabaId, displayNumber, name, appSecret, verifyToken } = number;
  await call(`${url}/_sim/channels`, {
    phoneNumberId,
    wabaId,
    displayPhoneNumber: displayNumber,
    verifiedName: name,
    appSecret,
    verifyToken,
    webhookUrl: `${server}/webhooks/whatsapp`,
  });
  await call(`${url}/_sim/channels/${phoneNumberId}/verify`, {});
};
