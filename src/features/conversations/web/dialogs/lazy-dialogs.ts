import { lazyPopup } from '#platform/web/ui/lazy-part.tsx';

/** Fetched when first opened: rare dialogs are no part of the first load. */
export const NewConversationDialog = lazyPopup(
  async () => (await import('./new-conversation-dialog.tsx')).NewConversationDialog,
);

export const ForwardDialog = lazyPopup(
  async () => (await import('./forward-dialog.tsx')).ForwardDialog,
);
