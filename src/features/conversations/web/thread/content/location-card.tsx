import { ExternalLink, Globe, MapPin } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ContentOf } from '../../../contract.ts';
import { Inset, OutLink } from './parts.tsx';

const mapOf = ({ latitude, longitude }: ContentOf<'location'>): string =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;

/** A place in words. No map is drawn: that would tell a stranger's server which place we look at. */
export function LocationCard({ content }: { content: ContentOf<'location'> }) {
  const { t } = useTranslation('content');
  const { latitude, longitude, name, address, url } = content;
  const point = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return (
    <Inset>
      <div className="flex min-w-56 items-start gap-3 p-3">
        <span
          aria-hidden="true"
          className="grid size-10 shrink-0 place-items-center rounded-control bg-accent-tint text-accent-ink"
        >
          <MapPin />
        </span>
        <div className="min-w-0 flex-1">
          <p className="text-body font-medium">{name ?? t('location.unnamed')}</p>
          {address && <p className="text-preview text-ink-soft">{address}</p>}
          <p className="text-meta text-ink-faint tabular-nums">{point}</p>
          <div className="mt-1 flex flex-wrap gap-x-4">
            <OutLink href={mapOf(content)}>
              <ExternalLink aria-hidden="true" />
              {t('location.open')}
            </OutLink>
            {url && (
              <OutLink href={url}>
                <Globe aria-hidden="true" />
                {t('location.site')}
              </OutLink>
            )}
          </div>
        </div>
      </div>
    </Inset>
  );
}
