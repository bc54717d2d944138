import { lazyPopup } from '#platform/web/ui/lazy-part.tsx';

/** Fetched when first opened: rare dialogs are no part of the first load. */
export const NewConversationDialog = lazyPopup(
  () => import('./new-conversation-dialog.tsx'),
  (file) => file.NewConversationDialog,
);

export const ForwardDialog = lazyPopup(
  () => import('./forward-dialog.tsx'),
  (file) => file.ForwardDialog,
);
