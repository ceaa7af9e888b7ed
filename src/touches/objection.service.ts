import { trace } from '../audit/audit.service.ts'
import { keepWords, wordsOf } from '../customers/consent.service.ts'
import type { Consent, CustomerRef } from '../customers/customer.model.ts'
import { holdCustomerIds, unknownCustomer } from '../customers/customer.service.ts'
import type { Id } from '../kernel/id.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { newId } from '../shell/ids.ts'
import { transact, type World } from '../shell/world.ts'
import type { Objection, ObjectionScope, Preferences, Proof, WantedPreferences } from './objection.model.ts'
import { checkProof, type Said, saidOf } from './objection.rules.ts'
import { findObjections, insertObjections, withdrawObjections } from './objection.store.ts'
import { followers, type SaidNo } from './objection.topic.ts'
import { readPolicy } from './policy.service.ts'
import { newWords, noTo, preferenceFault, preferencesOf as preferencesFrom, yesAgain } from './preference.rules.ts'

type Person = Id<'Customer'>

/**
 * Somebody does not want to be spoken to: on a channel, at all, or by marketing meant for them alone. It counts at once, also for
 * what is queued; the proof of it stays. Said again it is nothing new.
 */
export function object(world: World, customer: CustomerRef, scope: ObjectionScope, proof: Proof): Promise<Result<Preferences, Problem>> {
  return saying(world, customer, proof, 'recordObjection', async (tx, id, said) => accept(await objectTo(tx, id, scope, said)), { scope })
}

/** What they had said yes to before they objected, they have said again; where they had said nothing, they are asked first. */
export function withdrawObjection(
  world: World,
  customer: CustomerRef,
  scope: ObjectionScope,
  proof: Proof,
): Promise<Result<Preferences, Problem>> {
  return saying(world, customer, proof, 'withdrawObjection', async (tx, id, said) => accept(await withdraw(tx, id, scope, said)), { scope })
}

/** Keeps what a customer wants, with how it is known: no word is written over. */
export function savePreferences(
  world: World,
  customer: CustomerRef,
  wanted: WantedPreferences,
  proof: Proof,
  action = 'savePreferences',
): Promise<Result<Preferences, Problem>> {
  return saying(world, customer, proof, action, (tx, id, said) => prefer(tx, id, wanted, said), wanted)
}

/** What each customer wants now, in the order of the ids. */
export async function preferencesOf(world: World, customerIds: readonly string[]): Promise<Preferences[]> {
  const policy = await readPolicy(world)
  const [words, objections] = [await wordsOf(world, customerIds), await findObjections(world, customerIds)]
  return customerIds.map((id) =>
    preferencesFrom(
      policy,
      words.filter(({ customerId }) => customerId === id),
      objections.filter(({ customerId }) => customerId === id),
    ),
  )
}

/** What each customer objected to, withdrawn or not, the newest first, in the order of the ids. */
export async function objectionsOf(world: World, customerIds: readonly string[]): Promise<Objection[][]> {
  const found = await findObjections(world, customerIds)
  return customerIds.map((id) => found.filter(({ customerId }) => customerId === id).slice(0, MOST_TOLD))
}

const MOST_TOLD = 250

/** One act of saying something: the customer is held, what follows from a no follows in the same transaction. */
function saying(
  world: World,
  ref: CustomerRef,
  proof: Proof,
  action: string,
  act: (tx: World, id: Person, said: Said) => Promise<Result<readonly SaidNo[], Problem>>,
  what: object,
): Promise<Result<Preferences, Problem>> {
  return transact(world, async (tx) => {
    const fault = checkProof(proof)
    if (fault !== null) return refuse(fault)
    const [id] = await holdCustomerIds(tx, [ref])
    if (!id) return refuse({ ...unknownCustomer(ref), path: ['customer'] })
    const said = saidOf(proof, tx.now)
    const noes = await act(tx, id, said)
    if (!noes.ok) return noes
    if (noes.value.length > 0) for (const follow of followers(tx)) await follow(tx, noes.value)
    await trace(tx, { action, target: `customer/${id}`, after: { ...what, source: said.source, wording: said.wording } })
    const [preferences] = await preferencesOf(tx, [id])
    if (preferences === undefined) throw new Error('a customer has preferences')
    return accept(preferences)
  })
}

async function objectTo(tx: World, id: Person, scope: ObjectionScope, said: Said): Promise<SaidNo[]> {
  const standing = (await findObjections(tx, [id])).some((one) => one.scope === scope && one.withdrawnAt === null && one.at <= said.at)
  const { source, wording } = said
  if (!standing) await insertObjections(tx, [{ id: newId(), customerId: id, scope, at: iso(said.at), source, wording }])
  await keep(tx, id, noTo(await wordsOf(tx, [id]), scope, said))
  return [{ customerId: id, scope, purpose: null }]
}

async function withdraw(tx: World, id: Person, scope: ObjectionScope, said: Said): Promise<SaidNo[]> {
  const standing = (await findObjections(tx, [id])).filter((one) => one.scope === scope && one.withdrawnAt === null)
  await withdrawObjections(tx, standing.map((one) => one.id), iso(said.at), said) // biome-ignore format: one line
  const words = await wordsOf(tx, [id])
  const [latest] = standing
  if (latest !== undefined) await keep(tx, id, yesAgain(words, latest, said))
  return []
}

async function prefer(tx: World, id: Person, wanted: WantedPreferences, said: Said): Promise<Result<SaidNo[], Problem>> {
  const fault = preferenceFault(wanted, await wordsOf(tx, [id]), tx.now)
  if (fault !== null) return refuse(fault)
  const noes: SaidNo[] = []
  if (wanted.objectsToAll === true) noes.push(...(await objectTo(tx, id, 'ALL', said)))
  if (wanted.objectsToAll === false) await withdraw(tx, id, 'ALL', said)
  if (wanted.personalMarketing === false) noes.push(...(await objectTo(tx, id, 'PERSONAL', said)))
  if (wanted.personalMarketing === true) await withdraw(tx, id, 'PERSONAL', said)
  const yes = new Set(wanted.channels.filter(({ granted }) => granted).map(({ channel }) => channel as ObjectionScope))
  const lifted = (await findObjections(tx, [id])).filter(({ scope, withdrawnAt }) => withdrawnAt === null && yes.has(scope))
  await withdrawObjections(tx, lifted.map((one) => one.id), iso(said.at), said) // biome-ignore format: one line
  await keep(tx, id, newWords(await wordsOf(tx, [id]), wanted.channels, said))
  const unwanted = wanted.channels.filter(({ granted }) => !granted)
  return accept([...noes, ...unwanted.map(({ channel, purpose }) => ({ customerId: id, scope: channel, purpose }))])
}

const keep = (tx: World, customerId: Person, words: readonly Consent[]) =>
  keepWords(
    tx,
    words.map((word) => ({ ...word, customerId })),
  )

const iso = (at: number) => new Date(at).toISOString()
