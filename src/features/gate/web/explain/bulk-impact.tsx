import { useTranslation } from 'react-i18next';
import type { BulkImpact as Impact } from '../../explain/contract.ts';
import { useBulkImpact } from './api.ts';
import { ImpactBox, ImpactTold, Soft, WaitingLines } from './impact-box.tsx';

/** What blocking all of these will stop, of all of them together. */
export function BulkImpact({ contactIds }: { contactIds: readonly string[] }) {
  return (
    <ImpactBox>
      <Told contactIds={contactIds} />
    </ImpactBox>
  );
}

function Told({ contactIds }: { contactIds: readonly string[] }) {
  const { t } = useTranslation('explain');
  const impact = useBulkImpact(contactIds);
  return (
    <ImpactTold
      title={t('impact.title-many')}
      query={impact}
      lines={({ channels, waiting, blockedAlready }) => (
        <>
          {blockedAlready > 0 && <li>{t('impact.already', { count: blockedAlready })}</li>}
          <WaitingLines waiting={waiting} />
          {channels.length === 0 && <li>{t('impact.nowhere')}</li>}
          {channels.map((channel) => (
            <Channel key={channel.channelId} channel={channel} />
          ))}
        </>
      )}
    />
  );
}

function Channel({ channel }: { channel: Impact['channels'][number] }) {
  const { t } = useTranslation('explain');
  const { channelName, open, resolved, layers } = channel;
  const states = [
    open > 0 && t('impact.open-count', { count: open }),
    resolved > 0 && t('impact.resolved-count', { count: resolved }),
    open + resolved === 0 && t('impact.none'),
  ].filter((said) => said !== false);
  return (
    <li className="break-words">
      {t('impact.conversation', { channel: channelName, state: states.join(' · ') })}
      {layers.map(({ layer, count }) => (
        <Soft key={layer}>
          {t('impact.layer-count', { layer: t(`impact.layer.${layer}`), count })}
        </Soft>
      ))}
    </li>
  );
}
