import { ContactRound, FileText, Forward, MapPin, ShoppingBag, TriangleAlert } from 'lucide-react';
import { AudioPlayer } from './audio-player.tsx';
import { sizeText } from './formats.ts';
import type { Card, CardMedia } from './wire-types.ts';

function NoFile({ media }: { media: CardMedia }) {
  const shown = media.link ?? media.fileName ?? 'Arquivo que não existe';
  return (
    <p className="card-row">
      <TriangleAlert size={18} strokeWidth={1.75} aria-hidden="true" />
      <span className="card-lines">
        <span>{shown}</span>
      </span>
    </p>
  );
}

function Document({ media, src }: { media: CardMedia; src: string }) {
  const name = media.fileName ?? 'documento';
  const facts = [media.mimeType?.split('/').at(-1)?.slice(0, 12), sizeText(media.size)];
  return (
    <a className="card-row" href={src} target="_blank" rel="noreferrer" download={name}>
      <FileText size={22} strokeWidth={1.5} aria-hidden="true" />
      <span className="card-lines">
        <span>{name}</span>
        <small>{facts.filter(Boolean).join(' · ')}</small>
      </span>
    </a>
  );
}

interface MediaProps {
  media: CardMedia;
  text: string;
  onPlayed: () => void;
}

function Media({ media, text, onPlayed }: MediaProps) {
  if (media.id === null) return <NoFile media={media} />;
  const src = `/_sim/media/${media.id}`;
  switch (media.kind) {
    case 'image':
      return (
        <a className="card-picture" href={src} target="_blank" rel="noreferrer">
          <img src={src} alt={text === '' ? 'Foto' : `Foto: ${text}`} loading="lazy" />
        </a>
      );
    case 'sticker':
      return <img className="card-sticker" src={src} alt="Figurinha" loading="lazy" />;
    case 'video':
      return (
        // biome-ignore lint/a11y/useMediaCaption: sample and chosen files have no captions
        <video className="card-video" src={src} controls preload="metadata" />
      );
    case 'audio':
      return (
        <AudioPlayer
          src={src}
          label={media.isVoice ? 'mensagem de voz' : 'áudio'}
          onFirstPlay={onPlayed}
        />
      );
    default:
      return <Document media={media} src={src} />;
  }
}

function Location({ location }: { location: NonNullable<Card['location']> }) {
  const place = `${location.latitude.toFixed(4)}, ${location.longitude.toFixed(4)}`;
  return (
    <div className="card-place">
      <div className="card-map" aria-hidden="true">
        <MapPin size={26} strokeWidth={1.75} />
      </div>
      <p>
        <b>{location.name ?? 'Localização'}</b>
        <small>{location.address ?? place}</small>
      </p>
    </div>
  );
}

function Contacts({ contacts }: { contacts: NonNullable<Card['contacts']> }) {
  return contacts.map(({ name, phones }) => (
    <p className="card-row" key={`${name} ${phones.join()}`}>
      <ContactRound size={22} strokeWidth={1.5} aria-hidden="true" />
      <span className="card-lines">
        <span>{name}</span>
        <small>{phones.join(', ')}</small>
      </span>
    </p>
  ));
}

function Order({ order }: { order: NonNullable<Card['order']> }) {
  return (
    <p className="card-row">
      <ShoppingBag size={22} strokeWidth={1.5} aria-hidden="true" />
      <span className="card-lines">
        {order.map(({ name, quantity, price }) => (
          <small key={name}>
            {quantity} × {name} · {price}
          </small>
        ))}
      </span>
    </p>
  );
}

/** Everything of a message above its text: file, place, people, goods, header. */
export function CardView({ card, ...rest }: { card: Card } & Omit<MediaProps, 'media'>) {
  return (
    <>
      {card.forwarded !== undefined && (
        <p className="card-mark">
          <Forward size={14} aria-hidden="true" />
          {card.forwarded === 'often' ? 'Encaminhada com frequência' : 'Encaminhada'}
        </p>
      )}
      {card.media !== undefined && <Media media={card.media} {...rest} />}
      {card.location !== undefined && <Location location={card.location} />}
      {card.contacts !== undefined && <Contacts contacts={card.contacts} />}
      {card.order !== undefined && <Order order={card.order} />}
      {card.header !== undefined && <p className="card-header">{card.header}</p>}
    </>
  );
}
