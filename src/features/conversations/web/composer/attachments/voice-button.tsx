import { Mic } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '#platform/web/ui/icon-button.tsx';

export function VoiceButton({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation('media');
  return (
    <IconButton label={t('voice.record')} icon={<Mic />} tooltipSide="top" onClick={onPress} />
  );
}
