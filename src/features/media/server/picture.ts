import { open } from 'node:fs/promises';
import sharp from 'sharp';
import { printPicture } from './prints/print-picture.ts';

/** Only these are ever decoded. SVG among others is a program that draws, and is not. */
const decodable: Readonly<Record<string, string>> = {
  'image/jpeg': 'VipsForeignLoadJpegFile',
  'image/png': 'VipsForeignLoadPngFile',
  'image/webp': 'VipsForeignLoadWebpFile',
  'image/gif': 'VipsForeignLoadNsgifFile',
};
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: Object.values(decodable) });
// A worker makes several at once, and each is small: more threads and a cache only take memory.
sharp.concurrency(1);
sharp.cache(false);

/** 50 megapixels: a phone's largest picture, and 200 MB decoded. */
const mostPixels = 50_000_000;
export const thumbnailSide = 640;
const thumbnailLook = { quality: 75, effort: 3 } as const;

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly isAnimated: boolean;
  /** WebP, at most 640 px wide and high, upright, without what the camera wrote into the file. */
  readonly thumbnail: Buffer;
  /** What it looks like, in 32 bytes; null when there is too little to tell it by (`prints/`). */
  readonly print: Buffer | null;
}

const optionsFor = { limitInputPixels: mostPixels, sequentialRead: true, failOn: 'error' } as const;

/**
 * Looks at a picture and makes its thumbnail.
 * @returns undefined for what is no picture that we decode, is broken, cut off, or larger than can be believed
 */
export const readPicture = async (path: string, mimeType: string): Promise<Picture | undefined> => {
  if (decodable[mimeType] === undefined) {
    return undefined;
  }
  try {
    const { pages, autoOrient, width, height } = await sharp(path, optionsFor).metadata();
    // Decoded once: thumbnail and print are of these points.
    const { data, info } = await sharp(path, optionsFor)
      .timeout({ seconds: 20 })
      .autoOrient()
      .resize({
        width: thumbnailSide,
        height: thumbnailSide,
        fit: 'inside',
        withoutEnlargement: true,
      })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const small = { width: info.width, height: info.height, channels: info.channels };
    return {
      width: autoOrient?.width ?? width,
      height: autoOrient?.height ?? height,
      isAnimated: (pages ?? 1) > 1,
      thumbnail: await sharp(data, { raw: small }).webp(thumbnailLook).toBuffer(),
      print: await printPicture({ ...small, points: data }),
    };
  } catch {
    return undefined;
  }
};

/** Points of three bytes, no larger than a thumbnail may be. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly points: Buffer;
}

/** The thumbnail of what was decoded elsewhere: no reader of a format runs here. */
export const frameToThumbnail = ({ width, height, points }: Frame): Promise<Buffer> =>
  sharp(points, { raw: { width, height, channels: 3 } })
    .webp(thumbnailLook)
    .toBuffer();

/** So few points on the longer side are left of a picture that stands for itself under a cover. */
const placeholderPoints = 6;

/**
 * A few soft shades of grey: where a picture is light and where dark, and nothing that could be recognised.
 * @returns undefined for what cannot be decoded
 */
export const makePlaceholder = async (path: string): Promise<Buffer | undefined> => {
  try {
    const { data, info } = await sharp(path, optionsFor)
      .flatten({ background: '#808080' })
      .greyscale()
      .resize({ width: placeholderPoints, height: placeholderPoints, fit: 'inside' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    return await sharp(data, { raw: { width, height, channels } })
      .resize({ width: width * 16, height: height * 16, fit: 'fill', kernel: 'cubic' })
      .blur(8)
      .webp({ quality: 40 })
      .toBuffer();
  } catch {
    return undefined;
  }
};

const pngHead = 26;

/** WhatsApp takes PNG of eight bits a channel, with or without transparency; not of grey, of a palette, or of 16 bits. */
export const isPlainPng = async (path: string): Promise<boolean> => {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(pngHead), 0, pngHead, 0);
    return bytesRead === pngHead && buffer[24] === 8 && (buffer[25] === 2 || buffer[25] === 6);
  } finally {
    await file.close();
  }
};

/** The same picture as such a PNG. @returns undefined when it cannot be decoded */
export const toPlainPng = async (path: string): Promise<Buffer | undefined> => {
  try {
    return await sharp(path, optionsFor)
      .timeout({ seconds: 20 })
      .toColourspace('srgb')
      .png({ palette: false })
      .toBuffer();
  } catch {
    return undefined;
  }
};
