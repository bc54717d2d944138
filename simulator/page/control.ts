/** One call to the control API; the page learns the outcome from the live feed. */
async function call(method: string, path: string, body?: unknown): Promise<void> {
  const response = await fetch(`/_sim${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (response.ok) return;
  const { error } = (await response.json()) as { error?: string };
  throw new Error(error ?? `HTTP ${response.status}`);
}

/** Starts a call nobody waits for; a failure shows in the log and in the connection line. */
function tell(method: string, path: string, body?: unknown): void {
  call(method, path, body).catch(() => {});
}

type Json = Record<string, unknown>;

export const control = {
  does: (phoneId: string, channel: string, spec: Json) =>
    tell('POST', '/inbound', { from: phoneId, channel, ...spec }),
  changeNumber: (phoneId: string, channel: string, newNumber: string) =>
    call('POST', '/inbound', { from: phoneId, channel, type: 'number_change', newNumber }),
  change: (phoneId: string, patch: Json) => tell('PATCH', `/phones/${phoneId}`, patch),
  read: (phoneId: string) => tell('POST', `/phones/${phoneId}/read`, {}),
  add: (number: string, name: string) =>
    call('POST', '/phones', { number, ...(name === '' ? {} : { name }), onDesk: true }),
  settings: (patch: Json) => tell('PATCH', '/settings', patch),
  play: (name: string) => tell('POST', `/scenarios/${name}`, {}),
  stop: (name: string) => tell('DELETE', `/scenarios/${name}`),
  clearLog: () => tell('DELETE', '/log'),
  reset: () => tell('DELETE', '/state'),
};
