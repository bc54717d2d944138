import type { IncomingMessage, ServerResponse } from 'node:http';

interface User {
  readonly user?: string;
  readonly user_id?: string;
}

const usersIn = async (request: IncomingMessage): Promise<readonly User[]> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
  }
  return (JSON.parse(text) as { block_users?: User[] }).block_users ?? [];
};

export const isAboutBlockList = (request: IncomingMessage): boolean =>
  request.url?.split('?')[0]?.endsWith('/block_users') === true;

/** WhatsApp's own list, as if everything could be done and nobody were on it: it must change nothing about our gate. */
export const answerBlockList = async (
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const users = request.method === 'GET' ? [] : await usersIn(request);
  const done = users.map(({ user, user_id: id }) => ({ input: user ?? id ?? '' }));
  const key = request.method === 'DELETE' ? 'removed_users' : 'added_users';
  const body = request.method === 'GET' ? { data: [] } : { block_users: { [key]: done } };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
