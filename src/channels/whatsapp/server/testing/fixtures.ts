import {
  ana,
  anaContact,
  at,
  displayNumber,
  type Json,
  media,
  messageOf,
  messages,
  text,
} from './messages.ts';
import {
  addressBook,
  contactWithHash,
  groupNews,
  hiddenEcho,
  statusRows,
  templateNews,
  userPreferences,
} from './sheet-rows.ts';

/** Whole webhooks as docs/whatsapp-cloud-api.md describes them; every value is invented. */
export const phoneNumberId = '100000000000001';
export const wabaId = '200000000000001';
export const metadata: Json = {
  display_phone_number: displayNumber,
  phone_number_id: phoneNumberId,
};

export const change = (field: string, value: Json): Json => ({
  field,
  value: { messaging_product: 'whatsapp', metadata, ...value },
});

export const webhookOf = (...changes: readonly unknown[]): Json => ({
  object: 'whatsapp_business_account',
  entry: [{ id: wabaId, changes }],
});

export const inbound = (...list: readonly unknown[]): Json =>
  webhookOf(change('messages', { contacts: [anaContact], messages: list }));

export const statusOf = (fields: Json): Json => ({
  id: 'wamid.OURS01',
  status: 'delivered',
  timestamp: String(at),
  recipient_id: ana.phone,
  biz_opaque_callback_data: '0197f2a0-0000-7000-8000-000000000001',
  ...fields,
});

export const statuses = webhookOf(
  change('messages', {
    contacts: [anaContact],
    statuses: [
      statusOf({ status: 'sent' }),
      statusOf({}),
      statusOf({ status: 'read' }),
      statusOf({ status: 'played' }),
      statusOf({ status: 'failed', errors: [{ code: 131_026, title: 'Undeliverable' }] }),
      statusOf({ recipient_type: 'group', recipient_id: 'R3JvdXA=' }),
      { id: 'wacid.CALL2', type: 'call', status: 'RINGING', timestamp: String(at) },
    ],
  }),
);

const echo = (fields: Json): Json => ({
  from: displayNumber,
  to: ana.phone,
  to_user_id: ana.bsuid,
  id: 'wamid.ECHO01',
  timestamp: String(at),
  ...fields,
});

export const echoes = webhookOf(
  change('smb_message_echoes', {
    contacts: [anaContact],
    message_echoes: [
      echo({ type: 'text', text: { body: 'respondido pelo celular' } }),
      echo({ id: 'wamid.ECHO02', type: 'revoke', revoke: { original_message_id: 'wamid.OURS02' } }),
      echo({
        id: 'wamid.ECHO03',
        type: 'edit',
        edit: {
          original_message_id: 'wamid.ECHO01',
          message: { type: 'text', text: { body: 'corrigido' } },
        },
      }),
    ],
  }),
);

export const history = webhookOf(
  change('history', {
    history: [
      {
        metadata: { phase: 0, chunk_order: 1, progress: 55 },
        threads: [
          {
            id: ana.phone,
            context: { wa_id: ana.phone, user_id: ana.bsuid, username: 'ana.souza' },
            messages: [
              messageOf({ id: 'wamid.H1', type: 'text', text: { body: 'antiga' } }),
              {
                from: displayNumber,
                to: ana.phone,
                id: 'wamid.H2',
                timestamp: String(at - 5_000_000),
                type: 'text',
                text: { body: 'resposta antiga' },
                history_context: { status: 'READ' },
              },
              messageOf({ id: 'wamid.H3', type: 'media_placeholder' }),
            ],
          },
        ],
      },
    ],
  }),
  change('history', { history: [{ errors: [{ code: 2_593_109, message: 'declined' }] }] }),
  change('history', {
    messages: [messageOf({ id: 'wamid.H3', type: 'image', image: media('image/jpeg') })],
    message_echoes: [echo({ id: 'wamid.H4', type: 'video', video: media('video/mp4') })],
  }),
);

export const calls = webhookOf(
  change('calls', {
    contacts: [anaContact],
    calls: [
      {
        id: 'wacid.CALL1',
        from: ana.phone,
        to: displayNumber,
        from_user_id: ana.bsuid,
        event: 'connect',
        timestamp: String(at),
        direction: 'USER_INITIATED',
        session: { sdp_type: 'offer', sdp: 'v=0' },
      },
      {
        id: 'wacid.CALL1',
        from: ana.phone,
        to: displayNumber,
        event: 'terminate',
        status: 'COMPLETED',
        duration: 42,
        timestamp: String(at + 42),
        direction: 'USER_INITIATED',
      },
      {
        id: 'wacid.CALL2',
        from: displayNumber,
        to: ana.phone,
        event: 'connect',
        timestamp: String(at),
        direction: 'BUSINESS_INITIATED',
      },
    ],
  }),
);

export const others = webhookOf(
  change('messages', { errors: [{ code: 130_429, title: 'Rate limit hit' }] }),
  change('smb_app_state_sync', {
    state_sync: [
      {
        type: 'contact',
        contact: { full_name: 'Bia', phone_number: '5521999990000' },
        action: 'add',
      },
    ],
  }),
  change('user_id_update', {
    user_id_update: [
      {
        wa_id: ana.phone,
        user_id: { previous: ana.bsuid, current: 'BR.30041111111111111111' },
        timestamp: at,
      },
    ],
  }),
  change('standby', { contacts: [anaContact], messages: [text] }),
  change('messaging_handovers', { handover: { owner: 'agent' } }),
  { field: 'account_update', value: { event: 'PARTNER_REMOVED' } },
  { field: 'Campo Novo!', value: {} },
);

/** Everything above, for tests that break it. */
export const everything: readonly Json[] = [
  inbound(...Object.values(messages)),
  statuses,
  echoes,
  history,
  calls,
  others,
  webhookOf(
    change('messages', {
      contacts: [contactWithHash],
      statuses: Object.values(statusRows).map(({ fields }) => statusOf(fields)),
    }),
    change('smb_message_echoes', { message_echoes: [hiddenEcho('wamid.ECHO09', String(at))] }),
    change('smb_app_state_sync', addressBook),
    change('user_preferences', userPreferences),
    ...Object.entries(templateNews).map(([field, value]) => ({ field, value })),
    ...Object.entries(groupNews).map(([field, value]) => change(field, value)),
  ),
];
