import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import type { Company, WantedCompany } from './company.model.ts'

@InputType('CompanyInput', { description: 'What is told of a company. What is left out, or null, stays as it is.' })
export class CompanyInput {
  @Field(() => String, { description: 'By which the caller knows it; 1 to 200 characters. A known one updates that company.' })
  externalId!: string
  @Field(() => String, { description: '1 to 200 characters.' }) name!: string
  @Field(() => String, { nullable: true, description: 'At most 200 characters; an empty text takes it away.' }) industry?: string | null
  @Field(() => Boolean, { nullable: true, description: 'Whether it was checked to be the enterprise it says. New companies: false.' })
  certified?: boolean | null
}

export const toWantedCompany = (input: CompanyInput): WantedCompany => ({
  externalId: input.externalId,
  name: input.name,
  industry: input.industry ?? null,
  certified: input.certified ?? null,
})

@ObjectType('Company', {
  description:
    "An enterprise whose people are customers. Its people's orders count for it; each of them has the better of their own tier and the company's.",
  simpleResolvers: true,
})
export class AdminCompany {
  @Field(() => ID, { description: 'Stays the same whatever else changes.' }) id!: string
  @Field(() => String, { description: 'By which the shop system knows it.' }) externalId!: string
  @Field(() => String, { description: 'What it is called.' }) name!: string
  @Field(() => String, { nullable: true, description: 'What it does.' }) industry!: string | null
  @Field(() => Boolean, { description: 'Whether it was checked to be the enterprise it says.' }) certified!: boolean
}

@ObjectType('CompanyConnection', { description: 'A page of companies.', simpleResolvers: true })
export class AdminCompanyConnection extends connectionOf(AdminCompany) {}

export const toAdminCompany = ({ id, externalId, name, industry, certified }: Company): AdminCompany => ({
  id,
  externalId,
  name,
  industry,
  certified,
})
