import { GitMerge, Split, UserX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isGone } from '#platform/web/http.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Drawer } from '#platform/web/ui/drawer.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#platform/web/ui/states.tsx';
import type { ContactFacts } from '../../people/contract.ts';
import { useContact } from '../api.ts';
import { ContactIdentity } from '../contact-identity.tsx';
import { NameRemovalButton, type NameRemovalWay } from '../name-removal.tsx';
import { useArrangesPeople, useFacts } from './api.ts';
import { ConversationLines } from './conversation-lines.tsx';
import { IdentityLines } from './identity-lines.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { SplitDialog } from './split-dialog.tsx';
import { WithPeopleWords } from './with-people-words.tsx';

export interface PersonDetailProps {
  contactId: string;
  onClose: () => void;
  /** Another contact takes this one's place: a merge, a split. */
  onMoved: (contactId: string) => void;
  /** Blocking is the gate's, which stands to the right of this feature: the page hands it in. */
  safety: (facts: ContactFacts) => ReactNode;
  /** What a block of a contact will stop, handed in as well. */
  blockImpact: (contactId: string) => ReactNode;
  /** How the name can be asked to go, also of somebody with whom there is no conversation. */
  nameWay: NameRemovalWay;
  /** What stands last, handed in as well. */
  foot: (facts: ContactFacts) => ReactNode;
}

/** One contact from the side: who it is, by which identities, in which conversations, and what can be done. */
export function PersonDetail(props: PersonDetailProps) {
  return (
    <WithPeopleWords>
      <Sheet onClose={props.onClose}>
        <Content {...props} />
      </Sheet>
    </WithPeopleWords>
  );
}

/** Also of a contact whose data was erased while the sheet was open. */
function Content(props: PersonDetailProps) {
  const { contactId, onClose } = props;
  const { t } = useTranslation('people');
  const { error } = useContact(contactId);
  const facts = useFacts(contactId);
  if (isGone(error) || isGone(facts.error)) {
    return (
      <EmptyState
        icon={<UserX />}
        title={t('detail.gone')}
        action={<Button onClick={onClose}>{t('detail.to-list')}</Button>}
      />
    );
  }
  return (
    <>
      <ContactIdentity contactId={contactId} />
      <Facts {...props} />
    </>
  );
}

function Sheet({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation('people');
  return (
    <Drawer open onOpenChange={(open) => !open && onClose()} title={t('detail.title')}>
      <div className="flex min-h-full flex-col" data-testid="person-detail">
        {children}
      </div>
    </Drawer>
  );
}

function Facts({ contactId, onMoved, safety, blockImpact, nameWay, foot }: PersonDetailProps) {
  const { t } = useTranslation('people');
  const { data: facts, error, refetch } = useFacts(contactId);
  const arranges = useArrangesPeople();
  if (error && !facts) {
    return <ErrorState title={t('detail.failed')} error={error} onRetry={() => void refetch()} />;
  }
  if (!facts) {
    return (
      <Delayed>
        <div className="px-4 py-4">
          <Skeleton className="h-24 w-full rounded-card" />
        </div>
      </Delayed>
    );
  }
  return (
    <>
      <section className="border-t border-hairline px-4 py-4">
        <h3 className="text-meta font-medium text-ink-soft">{t('detail.identities')}</h3>
        <IdentityLines identities={facts.identities} />
        {facts.isBlocked && facts.identities.some((each) => each.isFormer) && (
          <p className="mt-2 text-meta text-ink-faint">{t('detail.former-hint')}</p>
        )}
      </section>
      <Conversations facts={facts} />
      {arranges && <Arrange facts={facts} onMoved={onMoved} blockImpact={blockImpact} />}
      <div className="mt-auto border-t border-hairline px-4 py-4">
        {safety(facts)}
        <NameRemovalButton contactId={contactId} way={nameWay} />
        {foot(facts)}
      </div>
    </>
  );
}

function Conversations({ facts }: { facts: ContactFacts }) {
  const { t } = useTranslation('people');
  const more = facts.conversationCount - facts.conversations.length;
  return (
    <section className="border-t border-hairline px-4 py-4">
      <h3 className="text-meta font-medium text-ink-soft">{t('detail.conversations')}</h3>
      {facts.conversationCount === 0 && (
        <p className="mt-1 text-preview text-ink-faint">{t('detail.no-conversations')}</p>
      )}
      <ConversationLines conversations={facts.conversations} isBlocked={facts.isBlocked} />
      {more > 0 && (
        <p className="text-meta text-ink-faint">
          {t('detail.more-conversations', { count: more })}
        </p>
      )}
    </section>
  );
}

function Arrange({
  facts,
  onMoved,
  blockImpact,
}: Pick<PersonDetailProps, 'onMoved' | 'blockImpact'> & { facts: ContactFacts }) {
  const { t } = useTranslation('people');
  const [open, setOpen] = useState<'merge' | 'split' | null>(null);
  const dialog = { contactId: facts.id, onClose: () => setOpen(null), onDone: onMoved };
  return (
    <div className="flex flex-col gap-2 border-t border-hairline px-4 py-4">
      <Button className="justify-start" icon={<GitMerge />} onClick={() => setOpen('merge')}>
        {t('detail.merge')}
      </Button>
      {facts.identities.length > 1 && (
        <Button className="justify-start" icon={<Split />} onClick={() => setOpen('split')}>
          {t('detail.split')}
        </Button>
      )}
      {open === 'merge' && <MergeDialog {...dialog} blockImpact={blockImpact} />}
      {open === 'split' && <SplitDialog {...dialog} />}
    </div>
  );
}
