/** The kinds of message that carry a file. */
export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

/** A file as a phone shows it; without an id only its address is known. */
export interface CardMedia {
  id: string | null;
  link: string | null;
  kind: MediaKind;
  mimeType: string | null;
  fileName: string | null;
  size: number | null;
  isVoice: boolean;
}

export interface CardButton {
  /** `reply` and `quick_reply` can be pressed; the others lead elsewhere. */
  kind: 'reply' | 'quick_reply' | 'url' | 'phone' | 'other';
  /** Id of a reply button, payload of a quick reply. */
  id: string;
  title: string;
  url: string | null;
}

export interface CardRow {
  id: string;
  title: string;
  description: string | null;
}

/** What a message shows beside its text. */
export interface Card {
  media?: CardMedia;
  header?: string;
  footer?: string;
  location?: { latitude: number; longitude: number; name: string | null; address: string | null };
  contacts?: { name: string; phones: string[] }[];
  buttons?: CardButton[];
  list?: { button: string; sections: { title: string | null; rows: CardRow[] }[] };
  order?: { name: string; quantity: number; price: string }[];
  /** Came along from elsewhere. */
  forwarded?: 'once' | 'often';
  /** Name of the template it was made from. */
  template?: string;
}
