import { lazyPopup } from '#platform/web/ui/lazy-part.tsx';

/** Fetched when first opened: rare dialogs are no part of the first load. */
export const NewConversationDialog = lazyPopup(
  () => import('./new-conversation-dialog.tsx'),
  (file) => file.NewConversationDialog,
);

/** For the composer's menu: closes itself when it has sent. */
export const SendLocationDialog = lazyPopup(
  () => import('./send-location-dialog.tsx'),
  (file) => file.SendLocationDialog,
);

export const SendContactDialog = lazyPopup(
  () => import('./send-contact-dialog.tsx'),
  (file) => file.SendContactDialog,
);

export const SendButtonsDialog = lazyPopup(
  () => import('./send-buttons-dialog.tsx'),
  (file) => file.SendButtonsDialog,
);

export const SendListDialog = lazyPopup(
  () => import('./send-list-dialog.tsx'),
  (file) => file.SendListDialog,
);

export const ForwardDialog = lazyPopup(
  () => import('./forward-dialog.tsx'),
  (file) => file.ForwardDialog,
);
