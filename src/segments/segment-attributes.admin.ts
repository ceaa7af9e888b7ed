import { Authorized, Query, Resolver } from 'type-graphql'
import { describedAttributes } from '../query/described.ts'
import { SegmentAttributeView, toSegmentAttribute } from './segment-attributes.schema.ts'

@Resolver()
export class SegmentAttributesAdmin {
  @Authorized('customers:read')
  @Query(() => [SegmentAttributeView], {
    description:
      'All that a customer query may ask: attributes and functions with their types, operators and words, for whoever lets people pick them.',
  })
  segmentAttributes(): SegmentAttributeView[] {
    return describedAttributes.map(toSegmentAttribute)
  }
}
