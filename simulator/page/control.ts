/** One call to the control API; the page learns the outcome from the live feed. */
async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`/_sim${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (response.ok) return response.json();
  const { error } = (await response.json()) as { error?: string };
  throw new Error(error ?? `HTTP ${response.status}`);
}

/** Starts a call nobody waits for; a failure shows in the log and in the connection line. */
function tell(method: string, path: string, body?: unknown): void {
  call(method, path, body).catch(() => {});
}

const KINDS: Record<string, string> = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'image/webp': 'sticker',
  'video/mp4': 'video',
  'video/3gpp': 'video',
};

function kindOf(mimeType: string): string {
  const base = mimeType.split(';')[0] ?? '';
  return KINDS[base] ?? (base.startsWith('audio/') ? 'audio' : 'document');
}

/** Lays the file into the simulator; says under which id. */
async function keepFile(file: Blob, name: string | null, channel: string): Promise<string> {
  const query = new URLSearchParams({ channel, ...(name === null ? {} : { fileName: name }) });
  const response = await fetch(`/_sim/media?${query}`, {
    method: 'POST',
    headers: { 'content-type': file.type || 'application/octet-stream' },
    body: file,
  });
  const answer = (await response.json()) as { id?: string; error?: string };
  if (answer.id === undefined) throw new Error(answer.error ?? `HTTP ${response.status}`);
  return answer.id;
}

/** How the business's address answered when it was asked whether it is the one. */
export type Verified = 'verified' | 'refused' | 'unreachable';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

function made(count: number, from: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(count));
  return Array.from(bytes, (byte) => from[byte % from.length]).join('');
}

/** Adds a number that nobody has connected, as Meta shows one. @returns its phone number id */
async function addChannel(verifiedName: string, displayPhoneNumber: string): Promise<string> {
  const phoneNumberId = `3${made(14, '0123456789')}`;
  await call('POST', '/channels', {
    phoneNumberId,
    wabaId: `4${made(14, '0123456789')}`,
    displayPhoneNumber,
    verifiedName,
    appSecret: made(32, '0123456789abcdef'),
    accessToken: `EAA${made(40, LETTERS)}`,
    // Nobody knows it: the business's own comes with *Verificar e salvar*.
    verifyToken: made(32, LETTERS),
    webhookUrl: null,
  });
  await call('PATCH', `/channels/${phoneNumberId}`, { subscribed: false });
  return phoneNumberId;
}

type Json = Record<string, unknown>;

/** Trouble that was planned. */
export interface StandingFault {
  id: string;
  on: string;
  times: number;
  hits: number;
  error?: { code: number; when: 'sync' | 'async' };
  reset?: string;
}

export const control = {
  does: (phoneId: string, channel: string, spec: Json) =>
    tell('POST', '/inbound', { from: phoneId, channel, ...spec }),
  changeNumber: (phoneId: string, channel: string, newNumber: string) =>
    call('POST', '/inbound', { from: phoneId, channel, type: 'number_change', newNumber }),
  /** Sends a file from the computer as the kind its type makes it. */
  sendFile: async (phoneId: string, channel: string, file: File, text: string) => {
    const type = kindOf(file.type);
    const mediaId = await keepFile(file, file.name, channel);
    await call('POST', '/inbound', {
      from: phoneId,
      channel,
      type,
      mediaId,
      ...(type === 'audio' ? { voice: false } : {}),
      ...(type === 'document' ? { filename: file.name } : {}),
      ...(text === '' ? {} : { text }),
    });
  },
  /** Sends what was just recorded as a voice note. */
  sendVoice: async (phoneId: string, channel: string, recording: Blob) => {
    const mediaId = await keepFile(recording, null, channel);
    await call('POST', '/inbound', { from: phoneId, channel, type: 'audio', mediaId });
  },
  change: (phoneId: string, patch: Json) => tell('PATCH', `/phones/${phoneId}`, patch),
  played: (phoneId: string, id: string) =>
    tell('POST', '/statuses', { id, status: 'played', to: phoneId }),
  read: (phoneId: string) => tell('POST', `/phones/${phoneId}/read`, {}),
  add: (number: string, name: string) =>
    call('POST', '/phones', { number, ...(name === '' ? {} : { name }), onDesk: true }),
  addChannel,
  verify: async (channel: string, webhookUrl: string, verifyToken: string): Promise<Verified> => {
    const body = { webhookUrl, verifyToken };
    return ((await call('POST', `/channels/${channel}/verify`, body)) as { result: Verified })
      .result;
  },
  changeChannel: (channel: string, patch: Json) => tell('PATCH', `/channels/${channel}`, patch),
  settings: (patch: Json) => tell('PATCH', '/settings', patch),
  /** Also of those that are used up. */
  faults: async () => ((await call('GET', '/faults')) as { items: StandingFault[] }).items,
  addFault: (fault: Json) => call('POST', '/faults', fault),
  clearFaults: () => call('DELETE', '/faults'),
  play: (name: string) => tell('POST', `/scenarios/${name}`, {}),
  stop: (name: string) => tell('DELETE', `/scenarios/${name}`),
  clearLog: () => tell('DELETE', '/log'),
  reset: () => tell('DELETE', '/state'),
};
