/** The part of the port (`channel.ts`) that is about message templates. */
import type {
  TemplateCategory,
  TemplateComponents,
  TemplateQuality,
  TemplateStatus,
} from '#features/templates/contract.ts';

/** The channel changed one of our templates; names nobody. What is absent did not change, or is not told. */
export interface TemplateChangeItem {
  readonly type: 'template-change';
  readonly channelId: string;
  readonly workspaceId: string;
  /** The channel's own id of the template. */
  readonly externalId: string;
  readonly status?: TemplateStatus;
  readonly category?: TemplateCategory;
  readonly quality?: TemplateQuality;
}

/** A message made of a template: what fills its gaps, checked against the template when it was accepted. */
export interface OutboundTemplate {
  readonly kind: 'template';
  readonly name: string;
  readonly language: string;
  readonly header: TemplateHeaderFilling;
  readonly body: readonly TemplateValue[];
  readonly buttons: readonly TemplateButtonFilling[];
  readonly replyToExternalId?: string;
}

/** In the order of the gaps; with a name where the template has names. */
export interface TemplateValue {
  readonly name?: string;
  readonly text: string;
}

export interface TemplateButtonFilling {
  readonly index: number;
  readonly kind: 'url' | 'copy-code';
  readonly value: string;
}

export type TemplateHeaderFilling =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly values: readonly TemplateValue[] }
  | {
      readonly kind: 'image' | 'video' | 'document';
      readonly mediaId: string;
      readonly fileName?: string;
    }
  | {
      readonly kind: 'location';
      readonly latitude: number;
      readonly longitude: number;
      readonly name?: string;
      readonly address?: string;
    };

/** A template as the channel has it now. */
export interface ReadTemplate extends TemplateComponents {
  readonly externalId: string;
  readonly name: string;
  readonly language: string;
  readonly category: TemplateCategory;
  readonly status: TemplateStatus;
  readonly quality: TemplateQuality;
  /** Every part of it is one that we know how to fill. */
  readonly isSupported: boolean;
}

/** All templates of the account behind a channel, or none of them: a read that broke off is a failure. */
export type TemplatesAnswer =
  | {
      readonly kind: 'read';
      /** The account's name on the channel: numbers of one account have the same templates. */
      readonly accountRef: string;
      readonly templates: readonly ReadTemplate[];
    }
  | { readonly kind: 'failed'; readonly code: string; readonly isWorthRepeating: boolean };
