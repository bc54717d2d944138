/** The door of accounts: all that others may use. */
export { accountsPlugin } from './accounts-plugin.ts';
export { sessionCookieName } from './auth.ts';
export { baseUrl } from './base-url.ts';
export { placeOf } from './client-address.ts';
export { createUserWithMembership, type NewPerson } from './create-user-with-membership.ts';
export { createWorkspace } from './create-workspace.ts';
export { authenticateHeaders } from './identify.ts';
export { hashPassword } from './password.ts';
export { can, rightsOf, rolesWith, scopesFor } from './permissions.ts';
export { findMember, hasWorkspace, memberNames } from './queries.ts';
export { releaseAssignmentsJob, removedMemberPayload } from './release-assignments-job.ts';
export { requireActor } from './request-actor.ts';
export { requireCan, requirePerson } from './require-can.ts';
export { type ResetLink, resetPasswordLink } from './reset-link.ts';
export { accountRoutes } from './routes.ts';
export { ensureSetupCode } from './set-up.ts';
