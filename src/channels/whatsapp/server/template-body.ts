import type { OutboundTemplate, TemplateHeaderFilling, TemplateValue } from '../../channel.ts';
import { present, type Wire } from './wire.ts';

const textOf = ({ name, text }: TemplateValue): Wire =>
  present({ type: 'text', parameter_name: name, text });

const headerParameters = (header: TemplateHeaderFilling): readonly Wire[] => {
  switch (header.kind) {
    case 'none':
      return [];
    case 'text':
      return header.values.map(textOf);
    case 'image':
    case 'video':
      return [{ type: header.kind, [header.kind]: { id: header.mediaId } }];
    case 'document':
      return [
        {
          type: 'document',
          document: present({ id: header.mediaId, filename: header.fileName }),
        },
      ];
    case 'location': {
      const { latitude, longitude, name, address } = header;
      return [{ type: 'location', location: present({ latitude, longitude, name, address }) }];
    }
  }
};

const part = (type: string, parameters: readonly Wire[]): Wire[] =>
  parameters.length === 0 ? [] : [{ type, parameters }];

/** docs/whatsapp-cloud-api.md 2.2, template components. Parts without a gap are not named. */
export const templatePart = ({ name, language, header, body, buttons }: OutboundTemplate): Wire => {
  const components = [
    ...part('header', headerParameters(header)),
    ...part('body', body.map(textOf)),
    ...buttons.map(({ index, kind, value }) => ({
      type: 'button',
      sub_type: kind === 'url' ? 'url' : 'copy_code',
      index: String(index),
      parameters: [
        kind === 'url'
          ? { type: 'text', text: value }
          : { type: 'coupon_code', coupon_code: value },
      ],
    })),
  ];
  return {
    type: 'template',
    template: {
      name,
      language: { code: language },
      ...(components.length === 0 ? {} : { components }),
    },
  };
};
