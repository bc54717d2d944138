import type { Scope } from '#features/accounts/contract.ts';

type Scopes = readonly Scope[];

/** A line for each of these operations. */
const all = (scopes: Scopes, ...ids: readonly string[]): Record<string, Scopes> =>
  Object.fromEntries(ids.map((id) => [id, scopes]));

/** What a key needs for each operation that keys may ask for: written by hand, from what the scopes say they are. */
export const operationScopes: Readonly<Record<string, Scopes>> = {
  ...all([], 'getMe'),
  ...all(['team:read'], 'listColleagues'),
  ...all(['contacts:read'], 'listContacts', 'getContact', 'getContactFacts', 'getContactMediaRule'),
  ...all(['contacts:write'], 'renameContact', 'alwaysShowContactMedia', 'stopShowingContactMedia'),
  // They can block people, or set them free.
  ...all(
    ['contacts:write', 'blocks:write'],
    ...['mergeContacts', 'splitContact', 'decideIdentityConflict'],
  ),
  // It takes out what reviewers decide about.
  ...all(['contacts:write', 'removals:decide'], 'erasePerson'),
  ...all(
    ['conversations:read'],
    ...['listConversations', 'countConversations', 'getConversation', 'listChannels'],
    ...['listMessages', 'getMessage', 'searchMessages', 'getMedia', 'getThumbnail'],
    ...['revealMedia', 'getMediaPlaceholder', 'listStoppedMessages', 'listConversationMedia'],
    'listBulkStopped',
  ),
  ...all(
    ['conversations:write'],
    ...['startConversation', 'assignConversation', 'resolveConversation', 'reopenConversation'],
    ...['markConversationRead', 'sendMessage', 'forwardMessage', 'reactToMessage'],
    ...[
      'sendStoppedMessage',
      'discardStoppedMessage',
      'fetchMedia',
      'settleMessage',
      'uploadFile',
      'listTemplates',
      'getTemplateSync',
    ],
  ),
  ...all(
    ['requests:write'],
    ...['requestBlock', 'listBlockRequests', 'listOwnBlockRequests', 'countBlockRequests'],
    ...['getBlockRequest', 'acknowledgeBlockRequest'],
  ),
  // It becomes a block.
  ...all(['requests:decide', 'blocks:write'], 'approveBlockRequest'),
  ...all(['requests:decide'], 'refuseBlockRequest', 'listBlockRequestMessages'),
  ...all(
    ['removals:write'],
    ...['requestRemoval', 'listRemovalRequests', 'listOwnRemovalRequests', 'countRemovalRequests'],
    ...['getRemovalRequest', 'acknowledgeRemovalRequest', 'listRemovalComments'],
    ...['commentRemovalRequest', 'requestNameRemoval'],
  ),
  ...all(
    ['removals:decide'],
    ...['assignRemovalRequest', 'decideRemovalRequest', 'removeMessages', 'retryRemoval'],
    ...['revealRemovalItem', 'rejectRepeat', 'listSameBytes', 'getRemovalContext'],
    ...['flagContactMedia', 'unflagContactMedia'],
    ...['revealRemovalName', 'decideNameRemoval', 'removeName'],
  ),
  ...all(
    ['blocks:read'],
    ...['getActiveBlock', 'listBlocks', 'countBlocks', 'listBlockers', 'testIdentity'],
    ...['getBlockReviewSettings', 'listIdentityConflicts', 'countIdentityConflicts'],
    ...['getIdentityConflict'],
  ),
  ...all(
    ['blocks:write'],
    ...['blockContact', 'unblockContact', 'adoptBlockDifference', 'removeBlockDifference'],
    ...[
      'getBlockImpact',
      'getBulkBlockImpact',
      'reviewBlock',
      'bulkBlockContacts',
      'bulkRetryBlocks',
    ],
    // A file of all of them is the administration's.
    ...['exportBlocks', 'readBlockImport', 'listBlockImports', 'getBlockImport'],
    ...['listBlockImportRows', 'applyBlockImport', 'cancelBlockImport'],
    ...['previewBlockImportUndo', 'undoBlockImport'],
    ...['addExchangeList', 'listExchangeLists', 'openExchangeList', 'removeExchangeList'],
    ...['startExchangeExport', 'listExchangeExports', 'getExchangeExport'],
    ...['bulkUnblockContacts'],
  ),
  ...all(['team:write'], 'listMembers', 'removeMember'),
  ...all(
    ['settings:write'],
    ...['updateWorkspace', 'getRetention', 'setRetention', 'getBlockRequestSettings'],
    ...['setBlockReviewSettings', 'setBlockRequestSettings', 'syncTemplates'],
    ...['getRemovalSettings', 'setRemovalSettings'],
    ...['getMediaCoverSettings', 'setMediaCoverSettings'],
  ),
  ...all(['audit:read'], 'listAuditEvents', 'listAuditActors', 'exportAuditEvents'),
  ...all(['reports:read'], 'getProtectionReport', 'exportProtectionReport'),
  ...all(['keys:write'], 'listApiKeys', 'revokeApiKey'),
  ...all(
    ['webhooks:write'],
    ...['listWebhookEndpoints', 'testWebhookEndpoint', 'listWebhookDeliveries'],
    ...['getWebhookDelivery', 'resendWebhookDelivery', 'removeWebhookEndpoint'],
  ),
  ...all(
    ['channels:write'],
    ...['listWhatsAppNumbers', 'getWhatsAppNumber', 'checkWhatsAppNumber'],
    ...['connectWhatsAppNumber', 'updateWhatsAppNumber', 'subscribeWhatsAppNumber'],
    ...['inspectWhatsAppNumber', 'disconnectWhatsAppNumber', 'askWhatsAppAppSync'],
    ...['getBlockList', 'checkBlockList', 'setBlockList', 'listBlockDifferences'],
  ),
};
