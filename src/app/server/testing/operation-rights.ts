import type { Role } from '#platform/shared/role.ts';

/**
 * Who may ask for an operation: nobody needs to be signed in (`public`), everybody who is, a person and not a program
 * with a key, or a role and those above it.
 */
export interface Access {
  readonly from: 'public' | Role;
  readonly isForPeople?: true;
}

const everyone: Access = { from: 'public' };
const agent: Access = { from: 'agent' };
const moderator: Access = { from: 'moderator' };
const administrator: Access = { from: 'administrator' };
const chief: Access = { from: 'administrator', isForPeople: true };
const person: Access = { from: 'agent', isForPeople: true };

/** Written from the table of roles, not from the code: every operation of the API has its line here. */
export const operationRights: Readonly<Record<string, Access>> = {
  signIn: everyone,
  signOut: everyone,
  getSession: everyone,
  getSetupState: everyone,
  setUp: everyone,
  resetPassword: everyone,

  getMe: agent,
  updateMe: person,
  changePassword: person,
  listColleagues: agent,

  listContacts: agent,
  getContact: agent,
  renameContact: agent,
  listConversations: agent,
  countConversations: agent,
  getConversation: agent,
  startConversation: agent,
  assignConversation: agent,
  takeConversation: person,
  resolveConversation: agent,
  reopenConversation: agent,
  markConversationRead: agent,
  listChannels: agent,
  listMessages: agent,
  sendMessage: agent,
  getMessage: agent,
  forwardMessage: agent,
  reactToMessage: agent,
  searchMessages: agent,
  settleMessage: agent,
  getMedia: agent,
  getThumbnail: agent,
  revealMedia: agent,
  fetchMedia: agent,
  uploadFile: agent,
  listTemplates: agent,
  getTemplateSync: agent,

  requestBlock: agent,
  listBlockRequests: agent,
  listOwnBlockRequests: agent,
  countBlockRequests: agent,
  getBlockRequest: agent,
  acknowledgeBlockRequest: agent,

  getActiveBlock: moderator,
  listBlocks: moderator,

  approveBlockRequest: administrator,
  refuseBlockRequest: administrator,
  listBlockRequestMessages: administrator,
  getBlockRequestSettings: administrator,
  setBlockRequestSettings: administrator,
  getBlockList: administrator,
  // Before what may switch it off.
  checkBlockList: administrator,
  setBlockList: administrator,
  listBlockDifferences: administrator,
  adoptBlockDifference: administrator,
  removeBlockDifference: administrator,
  exportBlocks: administrator,
  addExchangeList: administrator,
  listExchangeLists: administrator,
  openExchangeList: administrator,
  removeExchangeList: administrator,
  startExchangeExport: administrator,
  listExchangeExports: administrator,
  getExchangeExport: administrator,
  readBlockImport: administrator,
  listBlockImports: administrator,
  getBlockImport: administrator,
  listBlockImportRows: administrator,
  applyBlockImport: administrator,
  cancelBlockImport: administrator,
  blockContact: administrator,
  unblockContact: administrator,
  mergeContacts: administrator,
  listMembers: administrator,
  createMember: chief,
  updateMember: chief,
  removeMember: administrator,
  makeResetLink: chief,
  updateWorkspace: administrator,
  syncTemplates: administrator,
  listAuditEvents: administrator,
  exportAuditEvents: administrator,
  getRetention: administrator,
  setRetention: administrator,
  listApiKeys: administrator,
  listWhatsAppNumbers: administrator,
  getWhatsAppNumber: administrator,
  checkWhatsAppNumber: administrator,
  connectWhatsAppNumber: administrator,
  updateWhatsAppNumber: administrator,
  subscribeWhatsAppNumber: administrator,
  inspectWhatsAppNumber: administrator,
  disconnectWhatsAppNumber: administrator,
  createApiKey: chief,
  revokeApiKey: administrator,
};
