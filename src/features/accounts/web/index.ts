import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

export { useSetupState, useUpdateProfile } from './api.ts';
export { recheckSession, refreshAccounts } from './live.ts';
export { applyLanguage, meQuery, useColleagues, useMe, useRight } from './me.ts';
export { signOut, whenSigningOut } from './session.ts';

// Whole pages are fetched when they are opened: the conversation screen carries none of them.

export const SignInForm = lazyPart(async () => (await import('./sign-in-form.tsx')).SignInForm);

export const SetupForm = lazyPart(async () => (await import('./setup-form.tsx')).SetupForm);

export const ResetPasswordForm = lazyPart(
  async () => (await import('./reset-password-form.tsx')).ResetPasswordForm,
);

export const ProfileSettings = lazyPart(
  async () => (await import('./settings/profile-settings.tsx')).ProfileSettings,
);

export const WorkspaceSettings = lazyPart(
  async () => (await import('./settings/workspace-settings.tsx')).WorkspaceSettings,
);

export const PeopleSettings = lazyPart(
  async () => (await import('./settings/people-settings.tsx')).PeopleSettings,
);

export const ApiKeySettings = lazyPart(
  async () => (await import('./settings/api-key-settings.tsx')).ApiKeySettings,
);
