import { UserRoundPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { ErrorState } from '#platform/web/ui/states.tsx';
import type { Member } from '../../contract.ts';
import { useMembers } from '../api.ts';
import { AddPersonDialog } from './add-person-dialog.tsx';
import { PersonRow } from './person-row.tsx';
import { RemovePersonDialog } from './remove-person-dialog.tsx';
import { ResetLinkDialog } from './reset-link-dialog.tsx';
import { useOneDialog } from './use-one-dialog.ts';
import { WaitingRows } from './waiting-rows.tsx';

/** Who comes in, with which role; administrators only. */
export function PeopleSettings() {
  const { t } = useTranslation('accounts');
  const members = useMembers();
  const [isAdding, setAdding] = useState(false);
  const [visit, setVisit] = useState(0);
  const resetting = useOneDialog<Member>();
  const removing = useOneDialog<Member>();
  const add = () => {
    setVisit(visit + 1);
    setAdding(true);
  };
  return (
    <Card
      title={
        members.data ? t('people.list', { count: members.data.items.length }) : t('settings.people')
      }
      actions={
        <Button variant="primary" icon={<UserRoundPlus />} onClick={add}>
          {t('people.add')}
        </Button>
      }
    >
      {members.isPending && <WaitingRows words={t('people.loading')} />}
      {members.isError && (
        <ErrorState
          title={t('people.failed')}
          error={members.error}
          onRetry={() => void members.refetch()}
        />
      )}
      {members.data && (
        <ul className="-my-2 divide-y divide-hairline">
          {members.data.items.map((member) => (
            <PersonRow
              key={member.id}
              member={member}
              onReset={() => resetting.open(member)}
              onRemove={() => removing.open(member)}
            />
          ))}
        </ul>
      )}
      <AddPersonDialog key={`add-${visit}`} open={isAdding} onOpenChange={setAdding} />
      {resetting.subject && (
        <ResetLinkDialog
          key={`reset-${resetting.visit}`}
          member={resetting.subject}
          {...resetting.control}
        />
      )}
      {removing.subject && (
        <RemovePersonDialog
          key={`remove-${removing.visit}`}
          member={removing.subject}
          {...removing.control}
        />
      )}
    </Card>
  );
}
