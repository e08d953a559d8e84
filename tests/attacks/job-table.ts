import type { JobName } from '../../app/src/server/platform/jobs.ts'

interface JobDoor {
  /** What it is told, with the id of something that is not of its kind, or not at all there. */
  payload: (id: string) => Record<string, string>
  /** Why nobody gets more by it than they may have. */
  because: string
}

const nightly = (because: string): JobDoor => ({ payload: () => ({}), because })
const ofImport = (because: string): JobDoor => ({ payload: (importId) => ({ importId }), because })
const ofDocument = (because: string): JobDoor => ({ payload: (documentId) => ({ documentId }), because })

/** Every kind of job as a door: a new kind does not compile here until it is listed, with its reason. */
export const jobTable: Readonly<Record<JobName, JobDoor>> = {
  'accounts.password-request': {
    payload: (requestId) => ({ requestId }),
    because: 'it writes to the address of the account that was asked for, and answers nobody',
  },
  'documents.draw-pages': ofDocument('it keeps pictures beside a document, seen by who sees that'),
  'documents.read': ofDocument('it takes a document once, and gives the review to its own office'),
  'files.forget': {
    payload: (id) => ({ hash: id.replaceAll('-', '').repeat(2) }),
    because: 'it forgets only what no row names',
  },
  'files.sweep': nightly('it removes only what no row names'),
  'imports.apply': ofImport('it asks for the right of the sender again when it runs: interrupted.test.ts'),
  'imports.forget': ofImport('it is sent by the bringing in alone, and shows nothing'),
  'imports.read': ofImport('it reads for its sender alone, by the rights of the moment'),
  'imports.undo': ofImport('it takes back an import that its sender has asked to take back, once'),
  'mail.send': {
    payload: (letterId) => ({ letterId }),
    because: 'it sends to the address in the letter, while that waits',
  },
  'personal-data.retire': nightly('it removes by terms that the settings name'),
  'reorganisations.take-effect': nightly('it does what is scheduled up to today, once'),
}
