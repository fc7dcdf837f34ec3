/** One-time links: the pages they lead to, and what their letters say, in English. */
export const linksEn = {
  'link.title': 'A letter for you',
  'link.lead': 'Press the button to open it. You are asked first to show that it is you.',
  'link.open': 'Open',
  'link.notYou': 'If it is not for you, close this page: nothing happens.',
  'link.proofTitle': 'First show that it is you',
  'link.from': 'There is a letter for you from the {who}. Once that is shown you can read it and answer it here.',
  'link.prove': 'Go on',
  'link.shutTitle': 'This link no longer opens',
  'link.shut.unknown':
    'No such letter was found. Compare the address with the one in the letter; if that does not help, ring the number in it.',
  'link.shut.over': 'No answer is needed any more. You need do nothing.',
  'link.shut.opened': 'This link was used, and a link works once. If it was not you, ring the number in the letter at once.',
  'link.shut.expired': 'This link has run out.',
  'link.shut.withdrawn': 'Whoever sent this link has taken it back.',
  'link.shut.reissued': 'A newer letter was sent. Please use that one.',
  'link.shut.tries': 'Too many answers were wrong, and this link is of no use any more.',
  'link.askAgain': 'Ask them to send another',
  'link.askedTitle': 'They have been told',
  'link.asked': 'They will get in touch with you and send another link.',
  'link.elsewhere': 'It works without a link too: ring the number in the letter, go there, or ask 12348.',
  'link.session':
    'You came by the link in a letter, and see this one matter. After half an hour away, or two hours in all, it closes; ask for another link to see it again.',
  'link.makeAccount': 'To see it whenever you like, sign in by phone (you can answer without)',
  'link.leave': 'Done, leave',
  'link.proof.phone': 'When it opens we send six digits to the phone we have of you; please type them in.',
  'link.proof.idDigits': 'When it opens, please type the last four characters of your identity number.',
  'link.proof.spoken': 'When it opens, please type the six digits the office told you. If nobody told you, ring.',
  'link.letter':
    'Good day,\n\nthere is a letter for you from {who}. Open this address on a phone or a computer to read it and to answer it:\n\n{url}\n\nPlease open it by {until}. The address works once; give it to nobody.\n{proof}\n\nIf you would rather not, ring {phone} or come by: it is all the same.',
  'link.text': 'Fahui: a letter for you from the {who}, to open by {until}: {url} . If in doubt, ring 12348 first.',
}
