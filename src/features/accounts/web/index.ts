import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

export { useSetupState, useUpdateProfile } from './api.ts';
export { recheckSession, refreshAccounts } from './live.ts';
export { applyLanguage, meQuery, useColleagues, useMe, useRight } from './me.ts';
export { signOut, whenSigningOut } from './session.ts';
export type { scopeWords } from './settings/scope-words.ts';

// Whole pages are fetched when they are opened: the conversation screen carries none of them.

export const SignInForm = lazyPart(
  () => import('./sign-in-form.tsx'),
  (file) => file.SignInForm,
);

export const SetupForm = lazyPart(
  () => import('./setup-form.tsx'),
  (file) => file.SetupForm,
);

export const ResetPasswordForm = lazyPart(
  () => import('./reset-password-form.tsx'),
  (file) => file.ResetPasswordForm,
);

export const ProfileSettings = lazyPart(
  () => import('./settings/profile-settings.tsx'),
  (file) => file.ProfileSettings,
);

export const WorkspaceSettings = lazyPart(
  () => import('./settings/workspace-settings.tsx'),
  (file) => file.WorkspaceSettings,
);

export const PeopleSettings = lazyPart(
  () => import('./settings/people-settings.tsx'),
  (file) => file.PeopleSettings,
);

export const ApiKeySettings = lazyPart(
  () => import('./settings/api-key-settings.tsx'),
  (file) => file.ApiKeySettings,
);
