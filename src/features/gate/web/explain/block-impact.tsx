import { useTranslation } from 'react-i18next';
import { useBlockImpact } from './api.ts';
import { ImpactBox, ImpactTold, Soft, WaitingLines } from './impact-box.tsx';

/** What a block of this contact will stop. */
export function BlockImpact({ contactId }: { contactId: string }) {
  return (
    <ImpactBox>
      <Told contactId={contactId} />
    </ImpactBox>
  );
}

/** Of somebody who is no contact yet there is nothing to stop, and the dialog says so. */
export function StrangerImpact() {
  return (
    <ImpactBox>
      <Stranger />
    </ImpactBox>
  );
}

function Stranger() {
  const { t } = useTranslation('explain');
  return (
    <ImpactTold
      title={t('impact.title')}
      query={{ data: 'nothing', isError: false }}
      lines={() => <li>{t('impact.stranger')}</li>}
    />
  );
}

const stateKey = (isOpen: boolean | null) => {
  if (isOpen === null) return 'impact.none';
  return isOpen ? 'impact.open' : 'impact.resolved';
};

function Told({ contactId }: { contactId: string }) {
  const { t } = useTranslation('explain');
  const impact = useBlockImpact(contactId);
  return (
    <ImpactTold
      title={t('impact.title')}
      query={impact}
      lines={({ channels, waiting }) => (
        <>
          <WaitingLines waiting={waiting} />
          {channels.length === 0 && <li>{t('impact.nowhere')}</li>}
          {channels.map(({ channelId, channelName, isOpen, layer }) => (
            <li key={channelId} className="break-words">
              {t('impact.conversation', {
                channel: channelName,
                state: t(stateKey(isOpen)),
              })}
              <Soft>{t(`impact.layer.${layer}`)}</Soft>
            </li>
          ))}
        </>
      )}
    />
  );
}
