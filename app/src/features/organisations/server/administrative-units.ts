import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A province or a commune, ward or special zone, with its official code. */
export interface AdministrativeUnit {
  code: string
  /** Null for a province. */
  provinceCode: string | null
  /** `Tỉnh`, `Thành phố`, `Xã`, `Phường`, `Đặc khu`. */
  kind: string
  name: string
}

const file = join(import.meta.dirname, '..', '..', '..', '..', '..', 'data', 'administrative-units-2026.csv')

/** The units that stand since 30/4/2026, in the order of their codes. Source: data/README.md. */
export function readAdministrativeUnits(): AdministrativeUnit[] {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  return lines.map((line) => {
    const [code = '', provinceCode = '', kind = '', name = ''] = line.split(',')
    return { code, provinceCode: provinceCode || null, kind, name }
  })
}
