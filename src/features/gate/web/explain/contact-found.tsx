import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { personTitle } from '#platform/web/phone.ts';
import type { IdentityTest } from '../../explain/contract.ts';
import { BlockFacts } from '../block-facts.tsx';
import type { ContactLink } from '../block-row-cells.tsx';
import { UpstreamLines } from '../upstream-lines.tsx';

/** Who was found under a name, by which name, and the block that stands in the way. */
export function ContactFound({
  contact,
  contactLink,
}: {
  contact: IdentityTest['contacts'][number];
  contactLink: ContactLink;
}) {
  const { t } = useTranslation('explain');
  const { t: gate } = useTranslation('gate');
  const { through, block } = contact;
  const name = contact.isErased ? gate('list.erased') : contact.name;
  const title = personTitle(name, block?.contactPhone ?? name);
  return (
    <section
      aria-label={name}
      className="rounded-card border border-hairline bg-paper px-4 py-3 text-preview"
    >
      <h3 className="mb-2 text-body font-medium break-words">
        {/* Of somebody who was erased there is no page to go to. */}
        {contact.isErased ? title : contactLink(contact.id, title)}
      </h3>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 max-md:grid-cols-1 max-md:gap-y-0.5">
        <Fact name={t('test.through')}>
          {t(`test.kinds.${through.kind}`)} <span className="tabular-nums">{through.masked}</span>{' '}
          <span className="text-ink-soft">
            ({t(through.isFormer ? 'test.former' : 'test.current')})
          </span>
        </Fact>
        <Fact name={t('test.block')}>
          {block ? <BlockFacts block={block} /> : t('test.not-blocked')}
        </Fact>
        {block && (
          <Fact name={t('test.layer')}>
            <UpstreamLines upstream={block.upstream} />
          </Fact>
        )}
      </dl>
    </section>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-ink-soft max-md:mt-1.5">{name}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </>
);
