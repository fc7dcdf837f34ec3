/** Where the portal's fixed pages live; pages of one matter get their addresses as props. */
export const paths = {
  home: '/',
  places: '/places',
  privacy: '/privacy',
  comeBack: '/return',
  mine: '/mine',
  readings: '/readings',
  signIn: '/sign-in',
  exit: '/exit',
  signOut: '/sign-out',
  link: '/l',
  linkProof: '/l/proof',
} as const
