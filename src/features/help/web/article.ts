/** What articles of the help are made of: no HTML, so that nothing in one can be more than words, lists and links. */
export type Inline =
  | string
  | { readonly kind: 'strong' | 'emphasis'; readonly content: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  /** `to` is an address of the help (`/ajuda/…`) or one of the web. */
  | { readonly kind: 'link'; readonly to: string; readonly content: readonly Inline[] };

export type Block =
  /** Of the second rank: what can be linked to, by the same id in every language. */
  | { readonly kind: 'heading'; readonly id: string; readonly content: readonly Inline[] }
  | { readonly kind: 'subheading'; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | {
      readonly kind: 'list';
      readonly isOrdered: boolean;
      readonly items: readonly (readonly Block[])[];
    }
  | {
      readonly kind: 'picture';
      readonly source: string;
      readonly words: string;
      readonly width: number;
      readonly height: number;
    };

export interface Article {
  readonly title: string;
  readonly blocks: readonly Block[];
}
