import { renderSVG } from 'uqr'

/** A QR code as an address for a picture: drawn here, nothing is fetched. */
export function qrPicture(text: string): string {
  const drawing = renderSVG(text, { ecc: 'M', border: 2, pixelSize: 6 })
  return `data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}`
}
