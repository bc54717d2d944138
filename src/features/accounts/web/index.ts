import { lazy } from 'react';

export { useSetupState, useUpdateProfile } from './api.ts';
export { recheckSession, refreshAccounts } from './live.ts';
export { applyLanguage, meQuery, useColleagues, useMe, useRight } from './me.ts';
export { signOut, whenSigningOut } from './session.ts';

// Whole pages are fetched when they are opened: the conversation screen carries none of them.

export const SignInForm = lazy(async () => {
  const { SignInForm: form } = await import('./sign-in-form.tsx');
  return { default: form };
});

export const SetupForm = lazy(async () => {
  const { SetupForm: form } = await import('./setup-form.tsx');
  return { default: form };
});

export const ResetPasswordForm = lazy(async () => {
  const { ResetPasswordForm: form } = await import('./reset-password-form.tsx');
  return { default: form };
});

export const ProfileSettings = lazy(async () => {
  const { ProfileSettings: section } = await import('./settings/profile-settings.tsx');
  return { default: section };
});

export const WorkspaceSettings = lazy(async () => {
  const { WorkspaceSettings: section } = await import('./settings/workspace-settings.tsx');
  return { default: section };
});

export const PeopleSettings = lazy(async () => {
  const { PeopleSettings: section } = await import('./settings/people-settings.tsx');
  return { default: section };
});

export const ApiKeySettings = lazy(async () => {
  const { ApiKeySettings: section } = await import('./settings/api-key-settings.tsx');
  return { default: section };
});
