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
  updateMember: [
    'accounts.member-role-changed',
    'accounts.member-renamed',
    'accounts.api-key-revoked',
  ],
  removeMember: ['accounts.member-removed', 'accounts.api-key-revoked'],
  makeResetLink: ['accounts.reset-link-made'],
  createApiKey: ['accounts.api-key-created'],
  revokeApiKey: ['accounts.api-key-revoked'],

  connectWhatsAppNumber: ['channels.number-connected'],
  updateWhatsAppNumber: ['channels.number-updated'],
  disconnectWhatsAppNumber: ['channels.number-disconnected'],
  subscribeWhatsAppNumber: ['channels.webhooks-subscribed'],
  askWhatsAppAppSync: ['channels.app-sync-asked'],
  checkWhatsAppNumber: asks,
  inspectWhatsAppNumber: asks,
  syncTemplates: { because: 'it reads what WhatsApp has, as the job does by itself' },

  renameContact: ['contacts.renamed'],
  mergeContacts: ['contacts.merged'],
  erasePerson: ['removals.person-erased'],
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
  getBulkBlockImpact: asks,
  listBulkStopped: asks,
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
  undoBlockImport: ['gate.import-undo-started'],
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
  flagContactMedia: ['media.contact-flagged'],
  unflagContactMedia: ['media.contact-unflagged'],
  alwaysShowContactMedia: ['media.contact-always-shown'],
  stopShowingContactMedia: ['media.contact-shown-ended'],
  setMediaCoverSettings: ['media.cover-settings-changed'],
  setOwnMediaCover: {
    because: 'it is how one person sees, and shows nobody more than the team may',
  },

  requestRemoval: ['removals.asked', 'removals.joined'],
  acknowledgeRemovalRequest: { because: 'whoever asked has read the answer' },
  commentRemovalRequest: ['removals.commented'],
  assignRemovalRequest: ['removals.assigned'],
  decideRemovalRequest: ['removals.message-kept', 'removals.message-removed'],
  removeMessages: ['removals.message-removed'],
  requestNameRemoval: ['removals.name-asked'],
  removeName: ['removals.name-opened-at-sight', 'removals.name-removed'],
  decideNameRemoval: ['removals.name-proposed', 'removals.name-removed', 'removals.name-kept'],
  revealRemovalName: ['removals.name-revealed'],
  retryRemoval: ['removals.retried'],
  revealRemovalItem: ['removals.revealed'],
  rejectRepeat: ['removals.print-retired'],
  setRemovalSettings: ['removals.settings-changed'],

  answerHelpArticle: { because: 'it tells how an article reads, and changes nothing for anybody' },
  clearHelpAnswer: ['help.words-removed'],

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

/** Of every operation that gives out a file: who takes away what many people are in is told of. */
export const fileAudit: typeof operationAudit = {
  exportAuditEvents: ['accounts.audit-exported'],
  exportBlocks: ['gate.blocks-exported'],
  exportProtectionReport: ['reports.protection-exported'],
  getExchangeExport: ['gate.exchange-list-downloaded'],
  getMedia: { because: 'it is part of reading a conversation; a look under a cover is told of' },
  getMediaPlaceholder: { because: 'it is what is shown in place of the picture' },
  getThumbnail: { because: 'it is part of reading a conversation, as the file is' },
};

/** What jobs write under names that are put together, so that nobody finds them in the source. */
export const jobAudit: readonly string[] = ['gate.import-done', 'gate.import-failed'];
