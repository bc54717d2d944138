import type { ReactNode } from 'react';
import { TemplateFrame } from '#features/templates/web/index.ts';
import type { Message } from '../../../contract.ts';
import { bubbleKey } from '../../data/bubble-keys.ts';
import { boxOf } from './box-size.ts';
import { MediaBody } from './media-body.tsx';
import { fileOf } from './media-kinds.ts';

/** A picture reaches this far into the padding of its bubble, on both sides together. */
const reach = 16;

/** A message made of a template: the file of its header is the file itself, and the bubble no wider than a picture. */
export function TemplateBody({ message, children }: { message: Message; children: ReactNode }) {
  const { template } = message;
  if (!template) return null;
  const file = fileOf(message);
  const box = file && boxOf(file, bubbleKey(file.id));
  return (
    <span className="block max-w-full" {...(box && { style: { width: box.width - reach } })}>
      <TemplateFrame
        template={template}
        {...(file && { file: <MediaBody message={file} meta={null} /> })}
      >
        {children}
      </TemplateFrame>
    </span>
  );
}
