import { createHmac } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { appSecret, phoneNumberId, senderOf } from './workspace.ts';

/** The bytes of a signed webhook with one text. @param id unique in the run */
export const webhookBody = (sender: string, id: string, text: string): Buffer =>
  Buffer.from(
    JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '900000000000002',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '5511900000009', phone_number_id: phoneNumberId },
                contacts: [{ profile: { name: 'Cliente' }, wa_id: sender }],
                messages: [
                  {
                    from: sender,
                    id,
                    timestamp: String(Math.floor(Date.now() / 1000)),
                    type: 'text',
                    text: { body: text },
                  },
                ],
              },
            },
          ],
        },
      ],
    }),
  );

export const signatureOf = (body: Buffer): string =>
  `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;

const requestBytes = (port: number, body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      `POST /webhooks/whatsapp HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n` +
        `Content-Type: application/json\r\nX-Hub-Signature-256: ${signatureOf(body)}\r\n` +
        `Content-Length: ${body.length}\r\n\r\n`,
    ),
    body,
  ]);

export interface LoadFigures {
  readonly accepted: number;
  readonly refused: number;
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
}

let serial = 0;
const text =
  'Bom dia, o meu pedido já saiu para entrega? Preciso receber até sexta-feira, obrigado.';

const nextRequest = (port: number, senders: number): Buffer => {
  serial += 1;
  const sender = senderOf(serial % senders);
  return requestBytes(port, webhookBody(sender, `wamid.bench${process.pid}.${serial}`, text));
};

/** One connection that posts the next webhook as soon as the last one was answered. */
const runConnection = (
  port: number,
  senders: number,
  endAt: number,
  onAnswer: (ms: number, status: string) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1');
    let sentAt = 0;
    const post = (): void => {
      if (performance.now() >= endAt) {
        socket.end();
        resolve();
        return;
      }
      const bytes = nextRequest(port, senders);
      sentAt = performance.now();
      socket.write(bytes);
    };
    socket.setNoDelay(true);
    socket.on('connect', post);
    // Answers are small: each comes in one piece, with its head first.
    socket.on('data', (data) => {
      onAnswer(performance.now() - sentAt, data.toString('latin1', 9, 12));
      post();
    });
    socket.on('error', reject);
  });

/** Posts signed webhooks of one text each over so many keep-alive connections. */
export const postWebhooks = async (options: {
  port: number;
  connections: number;
  senders: number;
  seconds: number;
}): Promise<LoadFigures> => {
  const latenciesMs: number[] = [];
  let refused = 0;
  const begin = performance.now();
  const endAt = begin + options.seconds * 1000;
  await Promise.all(
    Array.from({ length: options.connections }, () =>
      runConnection(options.port, options.senders, endAt, (ms, status) => {
        if (status === '200') {
          latenciesMs.push(ms);
        } else {
          refused += 1;
        }
      }),
    ),
  );
  const seconds = (performance.now() - begin) / 1000;
  const accepted = latenciesMs.length;
  return { accepted, refused, perSecond: accepted / seconds, latenciesMs };
};
