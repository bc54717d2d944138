import { withClient } from './postgres.ts';
import { type BenchWorkspace, senderOf } from './workspace.ts';

/** Contacts and conversations for the reference, as ours has them after the first message of each sender. */
export const fillReference = (url: string, workspace: BenchWorkspace, senders: number) =>
  withClient(url, async (client) => {
    const { workspaceId, channelId } = workspace;
    await client.query(
      `create table bench_sender (n int primary key, contact uuid, conversation uuid)`,
    );
    await client.query(
      `insert into bench_sender select n, gen_random_uuid(), gen_random_uuid()
         from generate_series(1, $1) n`,
      [senders],
    );
    await client.query(
      `insert into contact (workspace_id, id, profile_name) select $1, contact, 'Cliente' from bench_sender`,
      [workspaceId],
    );
    await client.query(
      `insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value)
       select $1, gen_random_uuid(), contact, 'phone', 'phone:' || n, $2 || n from bench_sender`,
      [workspaceId, senderOf(0)],
    );
    await client.query(
      `insert into conversation (workspace_id, id, contact_id, channel_id)
       select $1, conversation, contact, $2 from bench_sender`,
      [workspaceId, channelId],
    );
    await client.query('analyze');
  });

/** The same rows as one webhook stores, one transaction each: the message and its conversation. */
export const referenceScript = (workspace: BenchWorkspace, senders: number): string => `
\\set n random(1, ${senders})
begin;
insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text, payload,
                     external_id, status, at, provider_at)
  select '${workspace.workspaceId}', gen_random_uuid(), s.conversation, s.contact, '${workspace.channelId}', 'in', 'text',
         'Bom dia, o meu pedido já saiu para entrega? Preciso receber até sexta-feira, obrigado.', '{}',
         'wamid.' || gen_random_uuid(), 'received', clock_timestamp(), clock_timestamp()
    from bench_sender s where s.n = :n;
update conversation v
   set unread_count = unread_count + 1, last_activity_at = clock_timestamp(), last_inbound_at = clock_timestamp(),
       waiting_since = coalesce(waiting_since, clock_timestamp())
  from bench_sender s where s.n = :n and v.workspace_id = '${workspace.workspaceId}' and v.id = s.conversation;
commit;
`;
