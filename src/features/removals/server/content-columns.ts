import type { RemovalStep } from '../contract.ts';

/**
 * Where content of messages and names of contacts are, by table and column, and with which step of the checklist it goes. A column that may hold
 * content and is neither here nor in `notContent` fails content-columns.db.test.ts.
 */
export const contentColumns: Readonly<Record<string, Readonly<Record<string, RemovalStep>>>> = {
  message: {
    text: 'content',
    payload: 'content',
    // WhatsApp's ids hold the number in base64.
    external_id: 'content',
    reply_to_external_id: 'content',
    error_code: 'content',
  },
  message_media: {
    file_name: 'files',
    mime_type: 'files',
    provider_media_id: 'files',
    provider_mime: 'files',
    provider_sha256: 'files',
    sha256: 'files',
    thumbnail_sha256: 'files',
    reason: 'files',
    state: 'files',
  },
  upload: {
    file_name: 'files',
    kind: 'files',
    mime_type: 'files',
    sha256: 'files',
    thumbnail_sha256: 'files',
  },
  stored_file: { print: 'files', sha256: 'files' },
  stored_file_hold: { sha256: 'files' },
  channel_file: { mime_type: 'files', provider_media_id: 'files', sha256: 'files' },
  removal_file: { sha256: 'files' },
  message_search: { words: 'search' },
  message_reaction: { emoji: 'content' },
  // What came before its message: gone once that is there, and refused for what was removed.
  early_action: { content: 'content' },
  // What a contact is called, when that is asked to go.
  contact: {
    address_book_name: 'content',
    given_name: 'content',
    profile_name: 'content',
    username: 'content',
    search_name: 'search',
    sort_name: 'search',
  },
  // The client's own word: a keyed hash of it stays, and nothing of what was asked, so that a repeat sends nothing again.
  idempotency_key: { key: 'queues', request_hash: 'queues' },
  stopped_message: { outcome: 'queues' },
  block_import_row: { name: 'queues' },
};

/** Columns of words that are nobody's content, by the reason for it, and by table. */
export const notContent: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a secret, a hash of one, or sealed': {
    account: 'accessToken accountId id idToken password providerId refreshToken scope userId',
    audit_seal: 'hash',
    exchange_export: 'created_by_kind key_check sealed_key state',
    exchange_key: 'fingerprint sealed',
    exchange_list: 'created_by_kind key_check name state',
    failed_attempt: 'address_hash kind subject_hash',
    installation: 'secret_check',
    journal_state: 'mac',
    password_reset: 'token_hash user_id',
    session: 'id ipAddress token userAgent userId',
    setup_code: 'code_hash',
    verification: 'id identifier value',
    webhook_endpoint: 'event_types former_secret off_cause secret url',
    whatsapp_account: 'access_token app_secret phone_number_id verify_token waba_id',
  },
  'about our own team and its settings': {
    api_key: 'name prefix role scopes secret_hash',
    media_cover_setting: 'covered_from kinds placeholder',
    member: 'locale name role user_id',
    removal_setting: 'two_person_reasons',
    user: 'email id image name',
    workspace: 'locale name time_zone',
  },
  'facts and masked numbers, never what somebody wrote': {
    audit_event: 'action actor_kind details masked_number subject_kind',
  },
  'the administration’s own words': {
    block: 'cause lifted_by_kind note reason started_by_kind upstream_state',
  },
  'one of a few words of ours': {
    block_attempt: 'kind',
    channel_counter: 'name',
    conversation: 'status',
    cover_reveal: 'actor_kind',
    dispatch_claim: 'kind',
    early_action: 'direction kind',
    journal_name: 'reason',
    journal_removal: 'reason',
    media_contact_rule: 'cause rule set_by_kind',
    media_reveal: 'actor_kind',
    message: 'author_kind direction kind status',
    message_reaction: 'direction',
    removal_check: 'error_code state step',
    removal_request: 'state',
    erasure: 'erased_by_kind',
    template_source: 'account_ref failure',
    upload: 'actor_kind',
    upstream_list: 'failure read_cursor',
  },
  'what the administration brought along': {
    block_import:
      'created_by_kind done file_name planned started_by_kind state undo_started_by_kind undo_state',
    block_import_row: 'account_key cause kind match_key note plan reason result value',
  },
  'what our own people miss in our own articles; administrators read it and take it away': {
    help_answer: 'article missing',
  },
  'words of those who asked and decided': {
    block_request: 'answer decided_by_kind state',
    block_request_asker: 'asker_kind note reason',
    removal_asker: 'asker_kind note reason',
    removal_comment: 'author_kind text',
    removal_item: 'answer decided_by_kind decided_for state',
    removal_name: 'answer decided_by_kind decided_for state',
  },
  'our own numbers': {
    channel: 'display_number kind name portfolio_id',
    whatsapp_former_account: 'phone_number_id',
    whatsapp_health: 'last_unknown_number_id',
  },
  'who somebody is, not what they wrote': {
    block: 'numbers',
    contact_identity: 'kind match_key portfolio_id value',
    identity_conflict: 'kind match_key outcome resolved_by_kind shared_key',
    upstream_block: 'code kind match_key state value',
    upstream_listed: 'bsuid bsuid_key phone phone_key',
    upstream_stranger: 'bsuid code phone phone_key',
  },
  'what is left on purpose: fingerprints, so that it is recognised when it comes again': {
    journal_print: 'hash kind',
    removed_print: 'hash kind reason retired_by_kind',
  },
  'keyed hashes of what was never stored': {
    dropped_item: 'item_hash',
    early_change: 'from_hash kind to_hash',
  },
  'stretched identities of lists between units': {
    exchange_entry: 'reason stretched',
    exchange_lookup: 'identity_hash stretched',
  },
  'identities of lists between units': {
    exchange_export_entry: 'match_key reason stretched',
  },
  'keyed hashes of ids, so that nothing comes again': {
    awaited_identity: 'identity_hash kind',
    early_action: 'action_hashes target_hash',
    journal_removal: 'item_hash',
    message: 'edit_hashes',
    message_reaction: 'action_hashes',
    purged_item: 'item_hash',
  },
  'names and hashes of our own files': {
    schema_migration: 'hash name',
  },
  'our own templates, which nobody asks to remove': {
    template: 'account_ref category components external_id language name quality status',
  },
  'codes and times of answers, never a body': {
    webhook_delivery: 'attempts state',
  },
  'our ids and masked numbers, never what somebody wrote': {
    idempotency_key: 'answer',
    webhook_event: 'data once_key type',
  },
};
