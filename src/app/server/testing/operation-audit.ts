/** Why an act leaves nothing in the audit log. */
interface Exception {
  readonly because: string;
}

const sending: Exception = { because: 'it is in the conversation, with its author' };
const desk: Exception = { because: 'who works at a conversation is no act of people or settings' };
const asks: Exception = { because: 'it changes nothing' };

/** Of every operation that is no GET: the events it may write, or why it writes none. */
export const operationAudit: Readonly<Record<string, readonly string[] | Exception>> = {
  signIn: ['accounts.signed-in', 'accounts.sign-in-failed'],
  signOut: ['accounts.signed-out'],
  setUp: ['accounts.workspace-created'],
  resetPassword: ['accounts.password-reset'],
  updateMe: ['accounts.profile-changed'],
  changePassword: ['accounts.password-changed', 'accounts.password-check-failed'],
  updateWorkspace: ['accounts.workspace-changed'],
  createMember: ['accounts.member-created'],
  updateMember: ['accounts.member-role-changed', 'accounts.member-renamed'],
  removeMember: ['accounts.member-removed'],
  makeResetLink: ['accounts.reset-link-made'],
  createApiKey: ['accounts.api-key-created'],
  revokeApiKey: ['accounts.api-key-revoked'],

  connectWhatsAppNumber: ['channels.number-connected'],
  updateWhatsAppNumber: ['channels.number-updated'],
  disconnectWhatsAppNumber: ['channels.number-disconnected'],
  subscribeWhatsAppNumber: ['channels.webhooks-subscribed'],
  checkWhatsAppNumber: asks,
  inspectWhatsAppNumber: asks,
  syncTemplates: { because: 'it reads what WhatsApp has, as the job does by itself' },

  renameContact: ['contacts.renamed'],
  mergeContacts: ['contacts.merged'],
  splitContact: ['contacts.split'],
  decideIdentityConflict: ['contacts.conflict-decided'],

  blockContact: ['gate.contact-blocked', 'gate.block-edited'],
  unblockContact: ['gate.contact-unblocked'],
  bulkBlockContacts: ['gate.contact-blocked'],
  bulkUnblockContacts: ['gate.contact-unblocked'],
  bulkRetryBlocks: ['gate.block-list-asked-again'],
  reviewBlock: ['gate.block-reviewed'],
  setBlockReviewSettings: ['gate.block-review-settings-changed'],
  testIdentity: asks,
  requestBlock: [
    ...['gate.block-requested', 'gate.block-request-joined', 'gate.block-request-reason-changed'],
  ],
  approveBlockRequest: ['gate.block-request-approved', 'gate.contact-blocked'],
  refuseBlockRequest: ['gate.block-request-refused'],
  acknowledgeBlockRequest: { because: 'whoever asked has read the answer' },
  setBlockRequestSettings: ['gate.block-request-settings-changed'],
  setBlockList: ['gate.block-list-set'],
  checkBlockList: ['gate.block-list-check-asked'],
  adoptBlockDifference: ['gate.contact-blocked'],
  removeBlockDifference: ['gate.removal-from-block-list-asked'],
  readBlockImport: ['gate.import-read'],
  applyBlockImport: ['gate.import-started'],
  cancelBlockImport: ['gate.import-cancelled', 'gate.import-discarded'],
  addExchangeList: ['gate.exchange-list-added'],
  openExchangeList: ['gate.exchange-list-opened'],
  removeExchangeList: ['gate.exchange-list-removed'],
  startExchangeExport: ['gate.exchange-list-exported'],

  startConversation: desk,
  assignConversation: desk,
  takeConversation: desk,
  resolveConversation: desk,
  reopenConversation: desk,
  markConversationRead: desk,
  sendMessage: sending,
  forwardMessage: sending,
  reactToMessage: sending,
  uploadFile: { because: 'it is kept only with the message that it is sent in' },
  fetchMedia: { because: 'it asks again for what the conversation shows' },
  settleMessage: ['conversations.unknown-settled'],
  sendStoppedMessage: ['conversations.stopped-sent'],
  discardStoppedMessage: ['conversations.stopped-discarded'],
  setRetention: ['conversations.retention-changed'],
  revealMedia: ['media.revealed'],

  requestRemoval: ['removals.asked', 'removals.joined'],
  acknowledgeRemovalRequest: { because: 'whoever asked has read the answer' },
  commentRemovalRequest: ['removals.commented'],
  assignRemovalRequest: ['removals.assigned'],
  decideRemovalRequest: ['removals.message-kept', 'removals.message-removed'],
  removeMessages: ['removals.message-removed'],
  retryRemoval: ['removals.retried'],
  revealRemovalItem: ['removals.revealed'],
  rejectRepeat: ['removals.print-retired'],
  setRemovalSettings: ['removals.settings-changed'],

  createWebhookEndpoint: ['webhooks.endpoint-added'],
  updateWebhookEndpoint: [
    ...['webhooks.endpoint-changed', 'webhooks.endpoint-switched-off'],
    'webhooks.endpoint-switched-on',
  ],
  removeWebhookEndpoint: ['webhooks.endpoint-removed'],
  rotateWebhookSecret: ['webhooks.secret-rotated'],
  testWebhookEndpoint: ['webhooks.test-sent'],
  resendWebhookDelivery: ['webhooks.delivery-resent'],
};
