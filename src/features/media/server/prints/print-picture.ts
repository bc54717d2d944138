import sharp from 'sharp';
import { detailOf, hasEnoughDetail, makePrint, printSide } from './picture-print.ts';

/** Points as they were decoded: three bytes each, or four with what shines through. */
export interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
  readonly points: Buffer;
}

/**
 * The perceptual print of a picture that was decoded already.
 * @returns null for what has too little detail to be told by its looks
 */
export const printPicture = async (decoded: Decoded): Promise<Buffer | null> => {
  const { width, height, channels, points } = decoded;
  if (Math.min(width, height) < printSide) {
    return null;
  }
  const grey = await sharp(points, { raw: { width, height, channels } })
    .flatten({ background: '#fff' })
    .greyscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const square = await sharp(grey, { raw: { width, height, channels: 1 } })
    .resize(printSide, printSide, { fit: 'fill' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const detail = detailOf({ width, height, points: grey }, square);
  return hasEnoughDetail(detail) ? makePrint(square) : null;
};
