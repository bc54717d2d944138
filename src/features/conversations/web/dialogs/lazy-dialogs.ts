import { lazy } from 'react';

/** Fetched when first opened: rare dialogs are no part of the first load. */
export const NewConversationDialog = lazy(async () => {
  const { NewConversationDialog: dialog } = await import('./new-conversation-dialog.tsx');
  return { default: dialog };
});

export const ForwardDialog = lazy(async () => {
  const { ForwardDialog: dialog } = await import('./forward-dialog.tsx');
  return { default: dialog };
});
