import { type Minor, minor } from '../kernel/money.ts'

/** A shelf of the demo shop: one category, with what the products on it have in common. */
export type Shelf = {
  /** From the root down. */
  readonly path: readonly [string, string]
  /** Of its products' skus, before the number. */
  readonly prefix: string
  /** What is on it, in both languages. */
  readonly zh: string
  readonly en: string
  /** Every product is one of each: 20 or more combinations. */
  readonly variants: readonly [readonly string[], readonly string[]]
  /** The usual list price. */
  readonly price: Minor
  /** How many a company usually takes at once. */
  readonly batch: number
  readonly tags: readonly string[]
}

const fen = (yuan: number): Minor => minor(Math.round(yuan * 100))

/** An electronics shop for makers and for companies: small parts by the hundred, and tools that are bought once. */
export const SHELVES: readonly Shelf[] = [
  {
    path: ['passives', 'resistors'],
    prefix: 'RES',
    zh: '贴片电阻（100只）',
    en: 'chip resistors, 100 pcs',
    variants: [
      ['0402', '0603', '0805', '1206'],
      ['100Ω', '1kΩ', '4.7kΩ', '10kΩ', '47kΩ', '100kΩ'],
    ],
    price: fen(6.5),
    batch: 40,
    tags: ['smd', 'rohs'],
  },
  {
    path: ['passives', 'capacitors'],
    prefix: 'CAP',
    zh: '陶瓷电容（50只）',
    en: 'ceramic capacitors, 50 pcs',
    variants: [
      ['0402', '0603', '0805', '1206'],
      ['22pF', '1nF', '100nF', '1µF', '10µF'],
    ],
    price: fen(8.8),
    batch: 40,
    tags: ['smd', 'rohs'],
  },
  {
    path: ['passives', 'inductors'],
    prefix: 'IND',
    zh: '功率电感（20只）',
    en: 'power inductors, 20 pcs',
    variants: [
      ['4×4 mm', '6×6 mm', '8×8 mm', '12×12 mm'],
      ['1µH', '4.7µH', '10µH', '22µH', '100µH'],
    ],
    price: fen(16),
    batch: 20,
    tags: ['smd', 'power'],
  },
  {
    path: ['semiconductors', 'diodes'],
    prefix: 'DIO',
    zh: '二极管（50只）',
    en: 'diodes, 50 pcs',
    variants: [
      ['SOD-123', 'SMA', 'SMB', 'DO-41'],
      ['1A 40V', '1A 100V', '3A 40V', '3A 100V', '5A 60V'],
    ],
    price: fen(9.9),
    batch: 20,
    tags: ['rohs'],
  },
  {
    path: ['semiconductors', 'transistors'],
    prefix: 'TRA',
    zh: '场效应管（20只）',
    en: 'MOSFETs, 20 pcs',
    variants: [
      ['SOT-23', 'SO-8', 'TO-252', 'TO-220'],
      ['20V 3A', '30V 10A', '60V 20A', '100V 15A', '200V 9A'],
    ],
    price: fen(18),
    batch: 15,
    tags: ['power', 'rohs'],
  },
  {
    path: ['semiconductors', 'regulators'],
    prefix: 'REG',
    zh: '稳压芯片（10只）',
    en: 'voltage regulators, 10 pcs',
    variants: [
      ['SOT-223', 'SO-8', 'TO-252', 'QFN-16'],
      ['3.3V 1A', '5V 1A', '5V 3A', '12V 2A', '可调 adjustable 3A'],
    ],
    price: fen(22),
    batch: 15,
    tags: ['power'],
  },
  {
    path: ['semiconductors', 'microcontrollers'],
    prefix: 'MCU',
    zh: '单片机',
    en: 'microcontroller',
    variants: [
      ['16 MHz', '48 MHz', '72 MHz', '120 MHz'],
      ['32 KB', '64 KB', '128 KB', '256 KB', '512 KB'],
    ],
    price: fen(19),
    batch: 60,
    tags: ['digital', 'rohs'],
  },
  {
    path: ['sensors', 'climate'],
    prefix: 'CLI',
    zh: '温湿度传感器模块',
    en: 'temperature and humidity sensor',
    variants: [
      ['I²C', '单总线 1-wire', 'SPI', 'RS-485'],
      ['±0.2 °C', '±0.5 °C', '±1 °C', '防水 waterproof', '带外壳 with case'],
    ],
    price: fen(24),
    batch: 20,
    tags: ['maker', 'iot'],
  },
  {
    path: ['sensors', 'motion'],
    prefix: 'MOT',
    zh: '运动传感器模块',
    en: 'motion sensor',
    variants: [
      ['三轴 3-axis', '六轴 6-axis', '九轴 9-axis', '红外 infrared'],
      ['I²C', 'SPI', 'UART', '低功耗 low power', '高量程 high range'],
    ],
    price: fen(29),
    batch: 20,
    tags: ['maker', 'robotics'],
  },
  {
    path: ['sensors', 'gas'],
    prefix: 'GAS',
    zh: '气体传感器模块',
    en: 'gas sensor',
    variants: [
      ['CO₂', 'CO', '甲醛 HCHO', 'VOC'],
      ['模拟 analog', 'I²C', 'UART', '工业 industrial', '校准 calibrated'],
    ],
    price: fen(68),
    batch: 10,
    tags: ['iot'],
  },
  {
    path: ['modules', 'wireless'],
    prefix: 'WLS',
    zh: '无线模块',
    en: 'wireless module',
    variants: [
      ['Wi-Fi', '蓝牙 Bluetooth', 'LoRa', 'Zigbee'],
      ['板载天线 PCB antenna', '外置天线 ext. antenna', '增强 long range', '低功耗 low power', '转接板 breakout'],
    ],
    price: fen(32),
    batch: 25,
    tags: ['iot', 'maker'],
  },
  {
    path: ['modules', 'displays'],
    prefix: 'DSP',
    zh: '显示屏模块',
    en: 'display module',
    variants: [
      ['OLED', 'TFT', '墨水屏 e-paper', '点阵 LED matrix'],
      ['0.96″', '1.3″', '2.4″', '2.9″', '4.2″'],
    ],
    price: fen(49),
    batch: 12,
    tags: ['maker'],
  },
  {
    path: ['modules', 'motor-drivers'],
    prefix: 'DRV',
    zh: '电机驱动模块',
    en: 'motor driver',
    variants: [
      ['直流 DC', '步进 stepper', '无刷 brushless', '舵机 servo'],
      ['1A', '2.5A', '5A', '10A', '20A'],
    ],
    price: fen(58),
    batch: 10,
    tags: ['robotics', 'power'],
  },
  {
    path: ['boards', 'starter'],
    prefix: 'BRD',
    zh: '入门开发板',
    en: 'starter board',
    variants: [
      ['经典 Classic', '迷你 Mini', '无线 Wireless', '摄像 Camera'],
      ['A1', 'A2', 'B1', 'B2', 'C1'],
    ],
    price: fen(89),
    batch: 8,
    tags: ['maker', 'education'],
  },
  {
    path: ['boards', 'industrial'],
    prefix: 'IBD',
    zh: '工业控制板',
    en: 'industrial control board',
    variants: [
      ['4路 4-channel', '8路 8-channel', '16路 16-channel', '网关 gateway'],
      ['RS-485', 'CAN', '以太网 Ethernet', '4G', '导轨 DIN rail'],
    ],
    price: fen(460),
    batch: 6,
    tags: ['industrial'],
  },
  {
    path: ['power', 'supplies'],
    prefix: 'PSU',
    zh: '开关电源',
    en: 'power supply',
    variants: [
      ['5V', '12V', '24V', '48V'],
      ['25W', '60W', '100W', '150W', '350W'],
    ],
    price: fen(79),
    batch: 8,
    tags: ['power', 'industrial'],
  },
  {
    path: ['power', 'batteries'],
    prefix: 'BAT',
    zh: '锂电池',
    en: 'lithium battery',
    variants: [
      ['软包 pouch', '18650', '21700', '带保护板 protected'],
      ['600 mAh', '1200 mAh', '2000 mAh', '3000 mAh', '5000 mAh'],
    ],
    price: fen(26),
    batch: 20,
    tags: ['power', 'maker'],
  },
  {
    path: ['connectors', 'terminals'],
    prefix: 'TER',
    zh: '接线端子（20只）',
    en: 'terminal blocks, 20 pcs',
    variants: [
      ['2位 2-pole', '3位 3-pole', '4位 4-pole', '8位 8-pole'],
      ['2.54 mm', '3.5 mm', '3.81 mm', '5.08 mm', '弹簧 spring'],
    ],
    price: fen(14),
    batch: 20,
    tags: ['rohs', 'industrial'],
  },
  {
    path: ['connectors', 'cables'],
    prefix: 'CAB',
    zh: '连接线',
    en: 'cable',
    variants: [
      ['USB-C', '杜邦 jumper', '硅胶 silicone', '屏蔽 shielded'],
      ['20 cm', '50 cm', '1 m', '2 m', '5 m'],
    ],
    price: fen(12),
    batch: 15,
    tags: ['maker'],
  },
  {
    path: ['tools', 'soldering'],
    prefix: 'SOL',
    zh: '焊接工具',
    en: 'soldering tool',
    variants: [
      ['电烙铁 iron', '焊台 station', '热风枪 hot air', '加热台 hot plate'],
      ['60W', '90W', '120W', '恒温 controlled', '套装 set'],
    ],
    price: fen(268),
    batch: 2,
    tags: ['maker', 'tools'],
  },
  {
    path: ['tools', 'meters'],
    prefix: 'MET',
    zh: '测量仪表',
    en: 'measuring instrument',
    variants: [
      ['万用表 multimeter', '示波器 oscilloscope', '逻辑分析仪 logic analyser', 'LCR 电桥 LCR meter'],
      ['入门 basic', '手持 handheld', '台式 bench', '带蓝牙 Bluetooth', '专业 professional'],
    ],
    price: fen(420),
    batch: 2,
    tags: ['tools'],
  },
  {
    path: ['tools', 'hand-tools'],
    prefix: 'HND',
    zh: '手工具',
    en: 'hand tool',
    variants: [
      ['斜口钳 cutters', '剥线钳 wire stripper', '镊子 tweezers', '螺丝刀 screwdriver'],
      ['标准 standard', '精密 precision', '防静电 ESD', '迷你 mini', '套装 set'],
    ],
    price: fen(45),
    batch: 4,
    tags: ['maker', 'tools'],
  },
  {
    path: ['kits', 'learning'],
    prefix: 'KIT',
    zh: '学习套件',
    en: 'learning kit',
    variants: [
      ['电子入门 electronics', '编程 coding', '物联网 IoT', '收音机 radio'],
      ['基础 basic', '进阶 advanced', '课堂 classroom', '礼盒 gift box', '豪华 deluxe'],
    ],
    price: fen(159),
    batch: 10,
    tags: ['education', 'gift'],
  },
  {
    path: ['kits', 'robots'],
    prefix: 'ROB',
    zh: '机器人套件',
    en: 'robot kit',
    variants: [
      ['小车 rover', '机械臂 arm', '六足 hexapod', '平衡车 balancer'],
      ['基础 basic', '进阶 advanced', '竞赛 competition', '视觉 vision', '礼盒 gift box'],
    ],
    price: fen(329),
    batch: 5,
    tags: ['robotics', 'education', 'gift'],
  },
  {
    path: ['enclosures', 'cases'],
    prefix: 'ENC',
    zh: '外壳',
    en: 'enclosure',
    variants: [
      ['塑料 plastic', '铝合金 aluminium', '防水 waterproof', '导轨 DIN rail'],
      ['60 mm', '85 mm', '115 mm', '158 mm', '200 mm'],
    ],
    price: fen(28),
    batch: 15,
    tags: ['industrial', 'maker'],
  },
]

/** None of these is a brand of anybody's. */
export const BRANDS = [
  'Ohmwell',
  'Lumirra',
  'Kestrion',
  'Tinwick',
  'Boltaro',
  '青蛙工坊 Qingwa',
  '云雀 Yunque',
  '三合 Sanhe',
  'Fernspark',
  '远岸 Yuanan',
] as const
