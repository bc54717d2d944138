import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useActiveBlock } from './api.ts';
import { BlockFacts } from './block-facts.tsx';

/** The page knows the way to the blocks of a contact, the gate does not: it is handed in. */
export type BlocksLink = (contactId: string, label: string) => ReactNode;

/** What stands in the way of a contact, and the way to every block that it had. For those alone who may see details. */
export function BlocksOfContact({ contactId, link }: { contactId: string; link: BlocksLink }) {
  const { t } = useTranslation('gate');
  const block = useActiveBlock(contactId, true).data?.block;
  return (
    <div className="flex flex-col gap-1.5">
      {block && <BlockFacts block={block} />}
      {block?.note && <p className="text-preview break-words whitespace-pre-wrap">{block.note}</p>}
      <p className="text-meta text-ink-soft">{link(contactId, t('blocks-of-contact'))}</p>
    </div>
  );
}
